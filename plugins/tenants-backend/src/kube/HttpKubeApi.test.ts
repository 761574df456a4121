// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';
import {
  isUnauthenticated,
  isUnreachable,
  KubeError,
} from '@tenantry/backstage-plugin-tenants-node';
import { kubeApiContract } from '@tenantry/backstage-plugin-tenants-node/testing';
import type { HttpKubeApi } from './HttpKubeApi';
import {
  connectToServer,
  failureOf,
  nameOf,
  pods,
  token,
} from './testing/connectToServer';
import { KubeHttpServer } from './testing/KubeHttpServer';

const at = connectToServer();

async function listPods(from: HttpKubeApi) {
  const { signal } = at.stopping;
  return await from.list(pods, { limit: 10, project: nameOf, signal });
}

kubeApiContract('HttpKubeApi', async () => {
  const { fake } = at.server;
  fake.serve('nothings.nothing.example.com', false);
  const log = { namespace: 'one', pod: 'web', container: 'main' };
  fake.setLog(log, 'hello\n');
  return {
    api: at.connect(),
    log: { ...log, text: 'hello' },
    async write(namespace, name, data) {
      fake.write('configmaps', { metadata: { namespace, name }, data });
    },
    async remove(namespace, name) {
      fake.remove('configmaps', namespace, name);
    },
    expireHistory: async () => fake.compact(),
    stop: async () => undefined,
  };
});

describe('credentials', () => {
  const refuse = (_: unknown, response: ServerResponse) =>
    response.writeHead(401).end();

  it('asks for a fresh credential once after a 401', async () => {
    const tokens = ['old', 'new'];
    at.server.answerNext(refuse);
    const { items } = await listPods(
      at.connect({ credential: async () => token(tokens.shift() ?? 'none') }),
    );
    expect(items).toEqual([]);
    expect(at.server.requests.map(r => r.authorization)).toEqual([
      'Bearer old',
      'Bearer new',
    ]);
  });

  it('asks for the credential anew for each connection, so that a rotated one is taken', async () => {
    const tokens = ['first', 'second', 'third'];
    const client = at.connect({
      credential: async () => token(tokens.shift() ?? 'none'),
    });
    await listPods(client);
    await client.version(at.stopping.signal);
    await listPods(client);
    expect(at.server.requests.map(r => r.authorization)).toEqual([
      'Bearer first',
      'Bearer second',
      'Bearer third',
    ]);
  });

  it('does not send the same refused credential twice', async () => {
    at.server.answerNext(refuse);
    const error = await failureOf(listPods(at.connect()));
    expect(isUnauthenticated(error)).toBe(true);
    expect(at.server.requests).toHaveLength(1);
  });

  it('says that no credential could be had, without the reason’s text', async () => {
    const credential = async () => {
      throw new Error('secret-token');
    };
    const error = await failureOf(listPods(at.connect({ credential })));
    expect(isUnauthenticated(error)).toBe(true);
    expect(String(error)).not.toContain('secret-token');
  });

  it('sends none for an anonymous credential', async () => {
    await listPods(
      at.connect({ credential: async () => ({ type: 'anonymous' }) }),
    );
    expect(at.server.requests[0]?.authorization).toBeUndefined();
  });
});

describe('refusals', () => {
  it('keeps status, reason and Retry-After, and nothing of the body', async () => {
    at.server.answerNext((_, response) =>
      response
        .writeHead(429, { 'retry-after': '7' })
        .end('{"reason":"TooManyRequests","message":"secret","code":429}'),
    );
    const error = await failureOf(listPods(at.connect()));
    expect(error).toMatchObject({
      status: 429,
      reason: 'TooManyRequests',
      retryAfterMs: 7_000,
    });
    expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  });

  it('does not follow a redirect', async () => {
    at.server.answerNext((_, response) =>
      response.writeHead(302, { location: `${at.server.url}/version` }).end(),
    );
    const error = await failureOf(listPods(at.connect()));
    expect(error).toMatchObject({ reason: 'BadAnswer' });
    expect(at.server.requests).toHaveLength(1);
  });

  it('says that nothing listens at the address', async () => {
    const client = at.connect();
    await at.server.stop();
    const error = await failureOf(listPods(client));
    expect(isUnreachable(error)).toBe(true);
    at.server = await KubeHttpServer.start();
  });

  it.each([
    '',
    '{"metadata":{}',
    '[]',
    '{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"na',
  ])('refuses a list that is %j', async body => {
    at.server.answerNext((_, response) => response.writeHead(200).end(body));
    const error = await failureOf(listPods(at.connect()));
    expect(error).toBeInstanceOf(KubeError);
    expect(error).toMatchObject({ reason: 'BadAnswer' });
  });

  it('takes a list of what is measured, which has no version', async () => {
    at.server.answerNext((_, response) =>
      response.end('{"metadata":{},"items":[{"metadata":{"name":"a"}}]}'),
    );
    const page = await at.connect().list(
      {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        resource: 'pods',
        kind: 'PodMetrics',
        namespaced: true,
      },
      {
        namespace: 'one',
        limit: 10,
        project: nameOf,
        signal: at.stopping.signal,
      },
    );
    expect(page).toEqual({ items: ['a'], resourceVersion: '' });
  });

  it('keeps the path of the cluster’s address', async () => {
    const { url } = at.server;
    at.server.answerNext((_, response) =>
      response.end('{"metadata":{"resourceVersion":"1"},"items":[]}'),
    );
    await listPods(at.connect({ server: { url: `${url}/k8s/clusters/c1/` } }));
    expect(at.server.requests[0]?.url).toBe(
      '/k8s/clusters/c1/api/v1/pods?limit=10',
    );
  });
});
