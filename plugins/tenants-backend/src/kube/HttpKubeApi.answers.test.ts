// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';
import {
  isExpired,
  isUnreachable,
  type WatchEvent,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeClock } from '../time/testing/FakeClock';
import type { HttpKubeApi } from './HttpKubeApi';
import {
  connectToServer,
  failureOf,
  nameOf,
  pods,
} from './testing/connectToServer';

const at = connectToServer();

type Watched = {
  readonly events: WatchEvent<string>[];
  readonly unreadable: Error[];
  readonly error: unknown;
};

async function watchPods(from: HttpKubeApi, idleMs = 60_000): Promise<Watched> {
  const events: WatchEvent<string>[] = [];
  const unreadable: Error[] = [];
  const { signal } = at.stopping;
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

describe('watch', () => {
  it('reads events however they are cut', async () => {
    const bytes = Buffer.from(`${added('ä')}\n\n${added('b')}\n`);
    at.server.answerNext(async (_, response) => {
      response.writeHead(200);
      for (const byte of bytes) {
        await new Promise<void>(resolve =>
          response.write(Buffer.of(byte), () => resolve()),
        );
      }
      response.end();
    });
    const { events, unreadable } = await watchPods(at.connect());
    expect(events).toEqual([
      { type: 'ADDED', object: 'ä' },
      { type: 'ADDED', object: 'b' },
    ]);
    expect(unreadable).toEqual([]);
  });

  it('tells garbage, unknown types, half lines and too large events, and reads the rest', async () => {
    at.server.answerNext((_, response) => {
      const big = added('x'.repeat(2_000));
      const unknown = '{"type":"NEWS","object":{}}';
      ok(
        response,
        ['garbage', unknown, big, added('a'), '{"type":"ADD'].join('\n'),
      );
      response.end();
    });
    const { events, unreadable, error } = await watchPods(
      at.connect({ maxObjectBytes: 1_000 }),
    );
    expect(events).toEqual([{ type: 'ADDED', object: 'a' }]);
    expect(unreadable).toHaveLength(4);
    expect(error).toBeUndefined();
  });

  it('reads an event whatever the order of its members', async () => {
    at.server.answerNext((_, response) => {
      ok(
        response,
        ' { "object" : {"metadata":{"name":"a}\\""}}, "type" : "DELETED" }\n',
      );
      response.end();
    });
    const { events } = await watchPods(at.connect());
    expect(events).toEqual([{ type: 'DELETED', object: 'a}"' }]);
  });

  it('fails as expired on a 410 inside the stream', async () => {
    at.server.answerNext((_, response) => {
      ok(
        response,
        '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}\n',
      );
      response.end();
    });
    expect(isExpired((await watchPods(at.connect())).error)).toBe(true);
  });

  it('fails as unreachable when the connection breaks', async () => {
    at.server.answerNext((request, response) => {
      ok(response, `${added('a')}\n`);
      response.write(' ', () => request.socket.destroy());
    });
    const { events, error } = await watchPods(at.connect());
    expect(events).toHaveLength(1);
    expect(isUnreachable(error)).toBe(true);
  });

  it('ends a silent watch after the idle limit, as the server would', async () => {
    const clock = new FakeClock();
    at.server.answerNext((_, response) => {
      ok(response, `${added('a')}\n`);
      const poll = () => {
        if (clock.waiting === 0) setImmediate(poll);
        else clock.advance(1_000);
      };
      response.write('\n', () => setImmediate(poll));
    });
    const { error, events } = await watchPods(at.connect({ clock }), 1_000);
    expect(error).toBeUndefined();
    expect(events).toHaveLength(1);
  });
});

describe('list', () => {
  it('skips and tells an item that is too large', async () => {
    const unreadable: Error[] = [];
    at.server.fake.write('pods', {
      metadata: { namespace: 'one', name: 'big' },
      data: 'x'.repeat(5_000),
    });
    at.server.fake.write('pods', {
      metadata: { namespace: 'one', name: 'small' },
    });
    const { items } = await at.connect({ maxObjectBytes: 1_000 }).list(pods, {
      limit: 10,
      project: nameOf,
      onUnreadable: error => unreadable.push(error),
      signal: at.stopping.signal,
    });
    expect(items).toEqual(['small']);
    expect(unreadable).toHaveLength(1);
  });
});

describe('get', () => {
  it('asks for the one object', async () => {
    at.server.answerNext((_, response) =>
      response.end('{"metadata":{"name":"one"}}'),
    );
    const namespaces = { ...pods, resource: 'namespaces', namespaced: false };
    const { signal } = at.stopping;
    const options = { name: 'one', project: nameOf, signal };
    expect(await at.connect().get(namespaces, options)).toBe('one');
    expect(at.server.requests[0]?.url).toBe('/api/v1/namespaces/one');
  });

  it('refuses an answer that is too large', async () => {
    at.server.answerNext((_, response) => response.end('x'.repeat(2_000)));
    const { signal } = at.stopping;
    const options = { name: 'one', project: nameOf, signal };
    const api_ = at.connect({ maxObjectBytes: 1_000 });
    expect(await failureOf(api_.get(pods, options))).toMatchObject({
      reason: 'BadAnswer',
    });
  });
});

describe('readLog', () => {
  it('asks for timestamps and what the caller limits', async () => {
    at.server.answerNext((_, response) => response.end('line\n'));
    const parts: string[] = [];
    const log = at.connect().readLog({
      namespace: 'one',
      pod: 'web-1.x',
      container: 'main',
      follow: true,
      previous: true,
      tailLines: 5,
      sinceTime: '2026-01-01T00:00:00Z',
      limitBytes: 99,
      signal: at.stopping.signal,
    });
    for await (const part of log) parts.push(part.toString());
    expect(parts.join('')).toBe('line\n');
    expect(at.server.requests[0]?.url).toBe(
      '/api/v1/namespaces/one/pods/web-1.x/log?container=main&timestamps=true&follow=true&previous=true&tailLines=5&sinceTime=2026-01-01T00%3A00%3A00Z&limitBytes=99',
    );
  });

  it.each([
    { pod: '../x', container: 'main' },
    { pod: 'web', container: 'a&follow=1' },
  ])('refuses names that are none: %j', async names => {
    const log = at.connect().readLog({
      namespace: 'one',
      follow: false,
      previous: false,
      signal: at.stopping.signal,
      ...names,
    });
    expect(await failureOf(log.next())).toMatchObject({
      reason: 'InvalidName',
    });
    expect(at.server.requests).toEqual([]);
  });
});
