// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';
import type { KubernetesCredential } from '@backstage/plugin-kubernetes-node';
import {
  isExpired,
  isUnauthenticated,
  isUnreachable,
  KubeError,
  type ResourceType,
  type WatchEvent,
} from '@tenantry/backstage-plugin-tenants-node';
import { kubeApiContract } from '@tenantry/backstage-plugin-tenants-node/testing';
import { systemClock } from '../time/Clock';
import { FakeClock } from '../time/testing/FakeClock';
import { HttpKubeApi, type HttpKubeApiOptions } from './HttpKubeApi';
import { KubeHttpServer } from './testing/KubeHttpServer';

const pods: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  namespaced: true,
};
const token = (text: string): KubernetesCredential => ({
  type: 'bearer token',
  token: text,
});

let server: KubeHttpServer;
let api: HttpKubeApi | undefined;
let stopping: AbortController;

beforeEach(async () => {
  server = await KubeHttpServer.start();
  stopping = new AbortController();
});
afterEach(async () => {
  stopping.abort();
  await api?.close();
  await server.stop();
});

function connect(options: Partial<HttpKubeApiOptions> = {}): HttpKubeApi {
  api = new HttpKubeApi({
    cluster: 'http',
    server: { url: server.url },
    credential: async () => token('t1'),
    clock: systemClock,
    ...options,
  });
  return api;
}

const nameOf = (json: Buffer): string =>
  JSON.parse(json.toString('utf8')).metadata.name;

async function listPods(from: HttpKubeApi) {
  const { signal } = stopping;
  return await from.list(pods, { limit: 10, project: nameOf, signal });
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    error => error,
  );
}

type Watched = {
  readonly events: WatchEvent<string>[];
  readonly unreadable: Error[];
  readonly error: unknown;
};

async function watchPods(from: HttpKubeApi, idleMs = 60_000): Promise<Watched> {
  const events: WatchEvent<string>[] = [];
  const unreadable: Error[] = [];
  const { signal } = stopping;
  const reading = async () => {
    const stream = from.watch(pods, {
      timeoutSeconds: 60,
      idleMs,
      project: nameOf,
      onUnreadable: error => unreadable.push(error),
      signal,
    });
    for await (const event of stream) events.push(event);
  };
  const error = await failureOf(reading());
  return { events, unreadable, error };
}

function added(name: string): string {
  return `{"type":"ADDED","object":{"metadata":{"name":"${name}"}}}`;
}

function ok(response: ServerResponse, ...parts: readonly string[]): void {
  response.writeHead(200);
  for (const part of parts) response.write(part);
}

kubeApiContract('HttpKubeApi', async () => {
  const { fake } = server;
  fake.serve('nothings.nothing.example.com', false);
  const log = { namespace: 'one', pod: 'web', container: 'main' };
  fake.setLog(log, 'hello\n');
  return {
    api: connect(),
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
    server.answerNext(refuse);
    const { items } = await listPods(
      connect({ credential: async () => token(tokens.shift() ?? 'none') }),
    );
    expect(items).toEqual([]);
    expect(server.requests.map(r => r.authorization)).toEqual([
      'Bearer old',
      'Bearer new',
    ]);
  });

  it('asks for the credential anew for each connection, so that a rotated one is taken', async () => {
    const tokens = ['first', 'second', 'third'];
    const client = connect({
      credential: async () => token(tokens.shift() ?? 'none'),
    });
    await listPods(client);
    await client.version(stopping.signal);
    await listPods(client);
    expect(server.requests.map(r => r.authorization)).toEqual([
      'Bearer first',
      'Bearer second',
      'Bearer third',
    ]);
  });

  it('does not send the same refused credential twice', async () => {
    server.answerNext(refuse);
    const error = await failureOf(listPods(connect()));
    expect(isUnauthenticated(error)).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  it('says that no credential could be had, without the reason’s text', async () => {
    const credential = async () => {
      throw new Error('secret-token');
    };
    const error = await failureOf(listPods(connect({ credential })));
    expect(isUnauthenticated(error)).toBe(true);
    expect(String(error)).not.toContain('secret-token');
  });

  it('sends none for an anonymous credential', async () => {
    await listPods(
      connect({ credential: async () => ({ type: 'anonymous' }) }),
    );
    expect(server.requests[0]?.authorization).toBeUndefined();
  });
});

describe('refusals', () => {
  it('keeps status, reason and Retry-After, and nothing of the body', async () => {
    server.answerNext((_, response) =>
      response
        .writeHead(429, { 'retry-after': '7' })
        .end('{"reason":"TooManyRequests","message":"secret","code":429}'),
    );
    const error = await failureOf(listPods(connect()));
    expect(error).toMatchObject({
      status: 429,
      reason: 'TooManyRequests',
      retryAfterMs: 7_000,
    });
    expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  });

  it('does not follow a redirect', async () => {
    server.answerNext((_, response) =>
      response.writeHead(302, { location: `${server.url}/version` }).end(),
    );
    const error = await failureOf(listPods(connect()));
    expect(error).toMatchObject({ reason: 'BadAnswer' });
    expect(server.requests).toHaveLength(1);
  });

  it('says that nothing listens at the address', async () => {
    const client = connect();
    await server.stop();
    const error = await failureOf(listPods(client));
    expect(isUnreachable(error)).toBe(true);
    server = await KubeHttpServer.start();
  });

  it.each([
    '',
    '{"metadata":{}',
    '[]',
    '{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"na',
  ])('refuses a list that is %j', async body => {
    server.answerNext((_, response) => response.writeHead(200).end(body));
    const error = await failureOf(listPods(connect()));
    expect(error).toBeInstanceOf(KubeError);
    expect(error).toMatchObject({ reason: 'BadAnswer' });
  });

  it('takes a list of what is measured, which has no version', async () => {
    server.answerNext((_, response) =>
      response.end('{"metadata":{},"items":[{"metadata":{"name":"a"}}]}'),
    );
    const page = await connect().list(
      {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        resource: 'pods',
        kind: 'PodMetrics',
        namespaced: true,
      },
      { namespace: 'one', limit: 10, project: nameOf, signal: stopping.signal },
    );
    expect(page).toEqual({ items: ['a'], resourceVersion: '' });
  });

  it('keeps the path of the cluster’s address', async () => {
    const { url } = server;
    server.answerNext((_, response) =>
      response.end('{"metadata":{"resourceVersion":"1"},"items":[]}'),
    );
    await listPods(connect({ server: { url: `${url}/k8s/clusters/c1/` } }));
    expect(server.requests[0]?.url).toBe(
      '/k8s/clusters/c1/api/v1/pods?limit=10',
    );
  });
});

describe('watch', () => {
  it('reads events however they are cut', async () => {
    const bytes = Buffer.from(`${added('ä')}\n\n${added('b')}\n`);
    server.answerNext(async (_, response) => {
      response.writeHead(200);
      for (const byte of bytes) {
        await new Promise<void>(resolve =>
          response.write(Buffer.of(byte), () => resolve()),
        );
      }
      response.end();
    });
    const { events, unreadable } = await watchPods(connect());
    expect(events).toEqual([
      { type: 'ADDED', object: 'ä' },
      { type: 'ADDED', object: 'b' },
    ]);
    expect(unreadable).toEqual([]);
  });

  it('tells garbage, unknown types, half lines and too large events, and reads the rest', async () => {
    server.answerNext((_, response) => {
      const big = added('x'.repeat(2_000));
      const unknown = '{"type":"NEWS","object":{}}';
      ok(
        response,
        ['garbage', unknown, big, added('a'), '{"type":"ADD'].join('\n'),
      );
      response.end();
    });
    const { events, unreadable, error } = await watchPods(
      connect({ maxObjectBytes: 1_000 }),
    );
    expect(events).toEqual([{ type: 'ADDED', object: 'a' }]);
    expect(unreadable).toHaveLength(4);
    expect(error).toBeUndefined();
  });

  it('reads an event whatever the order of its members', async () => {
    server.answerNext((_, response) => {
      ok(
        response,
        ' { "object" : {"metadata":{"name":"a}\\""}}, "type" : "DELETED" }\n',
      );
      response.end();
    });
    const { events } = await watchPods(connect());
    expect(events).toEqual([{ type: 'DELETED', object: 'a}"' }]);
  });

  it('fails as expired on a 410 inside the stream', async () => {
    server.answerNext((_, response) => {
      ok(
        response,
        '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}\n',
      );
      response.end();
    });
    expect(isExpired((await watchPods(connect())).error)).toBe(true);
  });

  it('fails as unreachable when the connection breaks', async () => {
    server.answerNext((request, response) => {
      ok(response, `${added('a')}\n`);
      response.write(' ', () => request.socket.destroy());
    });
    const { events, error } = await watchPods(connect());
    expect(events).toHaveLength(1);
    expect(isUnreachable(error)).toBe(true);
  });

  it('ends a silent watch after the idle limit, as the server would', async () => {
    const clock = new FakeClock();
    server.answerNext((_, response) => {
      ok(response, `${added('a')}\n`);
      const poll = () => {
        if (clock.waiting === 0) setImmediate(poll);
        else clock.advance(1_000);
      };
      response.write('\n', () => setImmediate(poll));
    });
    const { error, events } = await watchPods(connect({ clock }), 1_000);
    expect(error).toBeUndefined();
    expect(events).toHaveLength(1);
  });
});

describe('list', () => {
  it('skips and tells an item that is too large', async () => {
    const unreadable: Error[] = [];
    server.fake.write('pods', {
      metadata: { namespace: 'one', name: 'big' },
      data: 'x'.repeat(5_000),
    });
    server.fake.write('pods', {
      metadata: { namespace: 'one', name: 'small' },
    });
    const { items } = await connect({ maxObjectBytes: 1_000 }).list(pods, {
      limit: 10,
      project: nameOf,
      onUnreadable: error => unreadable.push(error),
      signal: stopping.signal,
    });
    expect(items).toEqual(['small']);
    expect(unreadable).toHaveLength(1);
  });
});

describe('get', () => {
  it('asks for the one object', async () => {
    server.answerNext((_, response) =>
      response.end('{"metadata":{"name":"one"}}'),
    );
    const namespaces = { ...pods, resource: 'namespaces', namespaced: false };
    const { signal } = stopping;
    const options = { name: 'one', project: nameOf, signal };
    expect(await connect().get(namespaces, options)).toBe('one');
    expect(server.requests[0]?.url).toBe('/api/v1/namespaces/one');
  });

  it('refuses an answer that is too large', async () => {
    server.answerNext((_, response) => response.end('x'.repeat(2_000)));
    const { signal } = stopping;
    const options = { name: 'one', project: nameOf, signal };
    const api_ = connect({ maxObjectBytes: 1_000 });
    expect(await failureOf(api_.get(pods, options))).toMatchObject({
      reason: 'BadAnswer',
    });
  });
});

describe('readLog', () => {
  it('asks for timestamps and what the caller limits', async () => {
    server.answerNext((_, response) => response.end('line\n'));
    const parts: string[] = [];
    const log = connect().readLog({
      namespace: 'one',
      pod: 'web-1.x',
      container: 'main',
      follow: true,
      previous: true,
      tailLines: 5,
      sinceTime: '2026-01-01T00:00:00Z',
      limitBytes: 99,
      signal: stopping.signal,
    });
    for await (const part of log) parts.push(part.toString());
    expect(parts.join('')).toBe('line\n');
    expect(server.requests[0]?.url).toBe(
      '/api/v1/namespaces/one/pods/web-1.x/log?container=main&timestamps=true&follow=true&previous=true&tailLines=5&sinceTime=2026-01-01T00%3A00%3A00Z&limitBytes=99',
    );
  });

  it.each([
    { pod: '../x', container: 'main' },
    { pod: 'web', container: 'a&follow=1' },
  ])('refuses names that are none: %j', async names => {
    const log = connect().readLog({
      namespace: 'one',
      follow: false,
      previous: false,
      signal: stopping.signal,
      ...names,
    });
    expect(await failureOf(log.next())).toMatchObject({
      reason: 'InvalidName',
    });
    expect(server.requests).toEqual([]);
  });
});
