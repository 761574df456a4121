// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  isForbidden,
  isNotFound,
  isUnauthenticated,
  isUnreachable,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeClock } from '../time/testing/FakeClock';
import { HttpKubeApi } from './HttpKubeApi';
import { KubeHttpServer } from './testing/KubeHttpServer';

const pods: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  namespaced: true,
};

let server: KubeHttpServer;
let clock: FakeClock;
let api: HttpKubeApi;
let stopping: AbortController;

beforeEach(async () => {
  server = await KubeHttpServer.start();
  clock = new FakeClock();
  stopping = new AbortController();
  api = new HttpKubeApi({
    cluster: 'eu',
    server: { url: `${server.url}/api/kubernetes/proxy`, proxiedCluster: 'eu' },
    credential: async () => ({ type: 'bearer token', token: 'secret' }),
    clock,
  });
});
afterEach(async () => {
  stopping.abort();
  await api.close();
  await server.stop();
});

const answerVersion = (_: IncomingMessage, response: ServerResponse) =>
  response.end('{"gitVersion":"v1.32.0"}');

function watch(onOpen: () => void, idleMs = 60_000) {
  return api.watch(pods, {
    timeoutSeconds: 600,
    idleMs,
    project: json => json.toString('utf8'),
    onUnreadable: () => undefined,
    onOpen,
    signal: stopping.signal,
  });
}

/** The request of the watch itself, which is held. */
function holdWatch(): Promise<IncomingMessage> {
  return new Promise(resolve => server.answerNext(request => resolve(request)));
}

it('names the cluster to the proxy and refuses to be compressed', async () => {
  const headers = new Promise<IncomingMessage['headers']>(resolve =>
    server.answerNext((request, response) => {
      resolve(request.headers);
      answerVersion(request, response);
    }),
  );
  await api.version(stopping.signal);
  expect(await headers).toMatchObject({
    'backstage-kubernetes-cluster': 'eu',
    'accept-encoding': 'identity',
    authorization: 'Bearer secret',
  });
});

it('counts a watch as open that is not answered yet, once the cluster answered another call', async () => {
  const told: string[] = [];
  server.answerNext(answerVersion);
  const held = holdWatch();
  const first = watch(() => told.push('open')).next();
  const { url = '' } = await held;
  expect(new URL(url, server.url).searchParams.get('timeoutSeconds')).toBe(
    '120',
  );
  expect(told).toEqual([]);
  clock.advance(2_000);
  expect(told).toEqual(['open']);
  stopping.abort();
  expect(await first).toMatchObject({ done: true });
});

it('does not count a watch as open when the cluster does not answer', async () => {
  const told: string[] = [];
  server.answerNext((_, response) =>
    response.writeHead(500).end('{"error":{"name":"ForwardedError"}}'),
  );
  const failure = await watch(() => told.push('open'))
    .next()
    .catch(error => error);
  expect(isUnreachable(failure)).toBe(true);
  expect(failure).toMatchObject({ reason: 'ProxyFailed' });
  expect(told).toEqual([]);
  expect(server.requests).toHaveLength(1);
  expect(clock.waiting).toBe(0);
});

describe('a refusal', () => {
  async function failureOf(status: number, body: string) {
    server.answerNext((_, response) => response.writeHead(status).end(body));
    return await api
      .list(pods, {
        limit: 1,
        project: () => undefined,
        signal: stopping.signal,
      })
      .catch(error => error);
  }
  const backstage = (name: string) =>
    JSON.stringify({ error: { name, message: 'secret' } });
  const kubernetes = JSON.stringify({ kind: 'Status', reason: 'NotFound' });

  it.each([
    [404, '404 page not found\n', isNotFound],
    [404, kubernetes, isNotFound],
    [403, JSON.stringify({ kind: 'Status' }), isForbidden],
    [401, JSON.stringify({ kind: 'Status' }), isUnauthenticated],
  ])('of the cluster is what it is: %s %s', async (status, body, is) => {
    const failure = await failureOf(status, body);
    expect(is(failure)).toBe(true);
    expect(failure.reason).not.toMatch(/^Proxy/);
  });

  it.each([
    [404, backstage('NotFoundError'), isUnreachable],
    [404, '', isUnreachable],
    [503, backstage('ServiceUnavailableError'), isUnreachable],
    [401, backstage('AuthenticationError'), isUnauthenticated],
    [403, backstage('NotAllowedError'), isUnauthenticated],
  ])('of the proxy is not the cluster’s: %s %s', async (status, body, is) => {
    const failure = await failureOf(status, body);
    expect(is(failure)).toBe(true);
    expect([isNotFound(failure), isForbidden(failure)]).toEqual([false, false]);
    expect(failure.reason).toMatch(/^Proxy/);
    expect(`${failure}`).not.toContain('secret');
  });
});
