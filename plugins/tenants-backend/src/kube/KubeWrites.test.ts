// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import type {
  KubeManifest,
  ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { systemClock } from '../time/Clock';
import { HttpKubeApi } from './HttpKubeApi';
import { KubeHttpServer } from './testing/KubeHttpServer';

const deployments: ResourceType = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespaced: true,
};

const manifest: KubeManifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'one' },
};

let server: KubeHttpServer;
let api: HttpKubeApi;
const { signal } = new AbortController();

function connect(proxiedCluster?: string): HttpKubeApi {
  return new HttpKubeApi({
    cluster: 'eu',
    server: { url: server.url, proxiedCluster },
    credential: async () => ({ type: 'bearer token', token: 'secret' }),
    clock: systemClock,
  });
}

beforeEach(async () => {
  server = await KubeHttpServer.start();
  api = connect();
});
afterEach(async () => {
  await api.close();
  await server.stop();
});

type Change = {
  readonly manifest?: KubeManifest;
  readonly namespace?: string;
  readonly fieldManager?: string;
  readonly type?: ResourceType;
};

async function apply(change: Change = {}): Promise<unknown> {
  const { type = deployments, ...more } = change;
  return await api.apply(type, {
    name: 'web',
    namespace: 'one',
    manifest,
    fieldManager: 'tenantry',
    force: false,
    project: json => JSON.parse(json.toString('utf8')),
    signal,
    ...more,
  });
}

const metadata = (more: object) => ({
  ...manifest,
  metadata: { ...manifest.metadata, ...more },
});

it('applies as what the server knows as server-side apply', async () => {
  const request = new Promise<IncomingMessage>(resolve =>
    server.answerNext((asked, response) => {
      resolve(asked);
      asked.resume().on('end', () => response.writeHead(201).end('{}'));
    }),
  );
  await apply();
  const { method, url, headers } = await request;
  expect(method).toBe('PATCH');
  expect(headers['content-type']).toBe('application/apply-patch+yaml');
  expect(url).toBe(
    '/apis/apps/v1/namespaces/one/deployments/web?fieldManager=tenantry&force=false&fieldValidation=Strict',
  );
});

it.each<[string, Change]>([
  ['another name than the path', { manifest: metadata({ name: 'db' }) }],
  ['another namespace', { manifest: metadata({ namespace: 'two' }) }],
  ['another kind', { manifest: { ...manifest, kind: 'Secret' } }],
  ['another version', { manifest: { ...manifest, apiVersion: 'v1' } }],
  ['a manager that is no name', { fieldManager: 'a&force=true' }],
  [
    'no namespace',
    { namespace: undefined, manifest: metadata({ namespace: undefined }) },
  ],
  [
    'a namespace for a kind without',
    { type: { ...deployments, namespaced: false } },
  ],
  [
    'an object that is too large',
    { manifest: metadata({ annotations: { a: 'x'.repeat(3 * 1024 ** 2) } }) },
  ],
])('sends nothing with %s', async (_, change) => {
  await expect(apply(change)).rejects.toMatchObject({
    reason: 'InvalidRequest',
  });
  expect(server.requests).toEqual([]);
});

it.each(['a,b', 'a=b', '!a', 'a in (b)', ' ', '-a'])(
  'sends no label such as %j to select by',
  async text => {
    for (const labels of [{ [text]: 'x' }, { a: text }]) {
      const listing = api.list(deployments, {
        limit: 1,
        labels,
        project: json => json.length,
        signal,
      });
      await expect(listing).rejects.toMatchObject({ reason: 'InvalidRequest' });
    }
    expect(server.requests).toEqual([]);
  },
);

it('follows no redirect with what it writes', async () => {
  server.answerNext((request, response) => {
    const location = `${server.url}/elsewhere`;
    request
      .resume()
      .on('end', () => response.writeHead(307, { location }).end());
  });
  await expect(apply()).rejects.toMatchObject({ reason: 'BadAnswer' });
  expect(server.requests).toHaveLength(1);
});

it('keeps of a refusal which fields are meant, and no value', async () => {
  server.answerNext((request, response) => {
    const status = {
      kind: 'Status',
      code: 422,
      reason: 'Invalid',
      message: 'password "hunter2" is invalid',
      details: {
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: "hunter2"',
            field: 'spec.password',
          },
          { reason: 'not a word', field: 'x' },
          'nothing',
        ],
      },
    };
    request
      .resume()
      .on('end', () => response.writeHead(422).end(JSON.stringify(status)));
  });
  const error = Object(await apply().catch(thrown => thrown));
  expect(error).toMatchObject({
    status: 422,
    reason: 'Invalid',
    causes: [{ reason: 'FieldValueInvalid', field: 'spec.password' }],
  });
  expect(JSON.stringify(error) + error.message).not.toContain('hunter2');
});

it('writes through the proxy of the Kubernetes plugin', async () => {
  await api.close();
  api = connect('eu');
  await apply();
  expect(server.fake.objects('deployments.apps')).toMatchObject([
    { metadata: { name: 'web', namespace: 'one' } },
  ]);
});

it('tells a refusal of the proxy from one of the cluster', async () => {
  await api.close();
  api = connect('eu');
  server.answerNext((request, response) => {
    const error = JSON.stringify({ error: { name: 'NotAllowedError' } });
    request.resume().on('end', () => response.writeHead(403).end(error));
  });
  await expect(apply()).rejects.toMatchObject({ reason: 'ProxyRefused' });
});
