// SPDX-License-Identifier: Apache-2.0
import {
  TenantsClient,
  type StreamMessage,
  type StreamRequest,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LiveTopic } from './Live';
import { LiveStream, NOTIFY_MS, REOPEN_MS, SILENCE_MS } from './LiveStream';
import { reconnectDelay } from './reconnectDelay';
import { FakeEnvironment } from '../testing/FakeEnvironment';

type Opened = {
  request: StreamRequest;
  send(message: object): Promise<void>;
  drop(): Promise<void>;
  isOpen(): boolean;
};

/** A portal behind a fake fetch: what the stream really does with bytes and aborted requests. */
class FakePortal {
  readonly opened: Opened[] = [];
  answers: number[] = [];
  refusal = {};

  readonly fetch: typeof fetch = async (_input, init) => {
    const status = this.answers.shift() ?? 200;
    if (status !== 200) {
      const response = { statusCode: status };
      return Response.json({ ...this.refusal, response }, { status });
    }
    let open = true;
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        const close = (error?: unknown) => {
          if (!open) return;
          open = false;
          if (error) controller.error(error);
          else controller.close();
        };
        init?.signal?.addEventListener('abort', () =>
          close(new DOMException('aborted', 'AbortError')),
        );
        this.opened.push({
          request: JSON.parse(String(init?.body)),
          isOpen: () => open,
          send: async message => {
            controller.enqueue(
              new TextEncoder().encode(`${JSON.stringify(message)}\n`),
            );
            await settle();
          },
          drop: async () => {
            close(new TypeError('network'));
            await settle();
          },
        });
      },
    });
    return new Response(body);
  };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
  await new Promise(resolve => setTimeout(resolve));
}

const tenants: LiveTopic = { kind: 'tenants' };
const tenantA: LiveTopic = { kind: 'tenant', tenant: 'a' };

function snapshot(s: string, d: unknown, v = 'v1', c = 'i.1'): StreamMessage {
  return { s, n: 1, t: 'snapshot', v, c, d };
}

function setUp() {
  const env = new FakeEnvironment();
  const portal = new FakePortal();
  const client = new TenantsClient({
    discoveryApi: { getBaseUrl: async () => '' },
    fetchApi: { fetch: portal.fetch },
  });
  const live = new LiveStream({
    api: client,
    env,
    parse: (_topic, value) => value,
  });
  const pass = async (ms: number) => {
    env.pass(ms);
    await settle();
    env.pass(NOTIFY_MS);
    await settle();
  };
  return { env, portal, live, pass };
}

async function setUpOpen(...topics: LiveTopic[]) {
  const all = setUp();
  const stops = topics.map(topic => all.live.follow(topic, () => {}));
  await all.pass(REOPEN_MS);
  return { ...all, stops, first: all.portal.opened[0] };
}

describe('LiveStream', () => {
  it('opens one stream for all subscriptions of a moment', async () => {
    const { portal, first } = await setUpOpen(tenants, tenantA, tenants);
    expect(portal.opened).toHaveLength(1);
    expect(first.request.subs.map(sub => sub.kind)).toEqual([
      'tenants',
      'tenant',
    ]);
  });

  it('folds a snapshot and the patches after it', async () => {
    const { first, live, pass } = await setUpOpen(tenants);
    const { id } = first.request.subs[0];
    await first.send(snapshot(id, { x: 1, y: { z: 1 } }));
    await first.send({
      s: id,
      n: 2,
      t: 'patch',
      from: 'v1',
      v: 'v2',
      c: 'i.2',
      at: '2026-11-21T14:32:07Z',
      d: { x: null, y: { w: 2 } },
    });
    await pass(0);
    expect(live.read(tenants)).toMatchObject({
      value: { y: { z: 1, w: 2 } },
      at: '2026-11-21T14:32:07Z',
      connection: { state: 'live', tries: 0 },
    });
  });

  it('re-opens without cursor when a patch does not fit', async () => {
    const { first, live, pass, portal } = await setUpOpen(tenants);
    const { id } = first.request.subs[0];
    await first.send(snapshot(id, { x: 1 }));
    await first.send({
      s: id,
      n: 2,
      t: 'patch',
      from: 'v7',
      v: 'v8',
      c: 'i.9',
      d: { x: 8 },
    });
    await pass(1_000);
    expect(first.isOpen()).toBe(false);
    expect(portal.opened[1].request.subs[0].cursor).toBeUndefined();
    expect(live.read(tenants).value).toEqual({ x: 1 });
  });

  it('comes back with its cursors after a drop and says what it does meanwhile', async () => {
    const { first, live, pass, portal, env } = await setUpOpen(tenants);
    const { id } = first.request.subs[0];
    await first.send(snapshot(id, { x: 1 }, 'v1', 'i.5'));
    await first.drop();
    await pass(0);
    const { connection } = live.read(tenants);
    expect(connection.state).toBe('reconnecting');
    expect(connection.nextTryAt).toBeGreaterThan(env.now() - NOTIFY_MS);
    expect(live.read(tenants).value).toEqual({ x: 1 });
    await pass(1_000);
    expect(portal.opened[1].request.subs[0].cursor).toBe('i.5');
    await portal.opened[1].send({ s: '', n: 1, t: 'heartbeat' });
    await pass(0);
    expect(live.read(tenants).connection.state).toBe('live');
  });

  it('is stale when an outage lasts ten seconds, and waits longer after each failed try', async () => {
    const { first, live, pass, portal } = await setUpOpen(tenants);
    portal.answers = Array(20).fill(503);
    await first.drop();
    for (let i = 0; i < 30; i++) await pass(500);
    const { connection } = live.read(tenants);
    expect(connection).toMatchObject({
      state: 'stale',
      problem: { kind: 'http', status: 503 },
    });
    expect(connection.tries).toBeGreaterThan(3);
    expect(connection.tries).toBeLessThan(9);
  });

  it('tries at once when asked to', async () => {
    const { first, live, pass, portal } = await setUpOpen(tenants);
    await first.drop();
    live.tryNow();
    await pass(0);
    expect(portal.opened).toHaveLength(2);
  });

  it('forgets at once what was heard for another, and asks anew for it', async () => {
    const { first, live, pass, portal } = await setUpOpen(tenants);
    const { id } = first.request.subs[0];
    await first.send(snapshot(id, { x: 1 }, 'v1', 'i.5'));
    await pass(0);
    live.reset();
    expect(live.read(tenants)).toEqual({
      connection: { state: 'connecting', tries: 0 },
    });
    await pass(0);
    expect(first.isOpen()).toBe(false);
    expect(portal.opened).toHaveLength(2);
    expect(portal.opened[1].request.subs[0].cursor).toBeUndefined();
  });

  it('says what the portal said when the stream is refused', async () => {
    const { live, pass, portal } = setUp();
    portal.refusal = { error: { name: 'NotAllowedError', message: 'No.' } };
    portal.answers = [403];
    live.follow(tenants, () => {});
    await pass(REOPEN_MS);
    expect(live.read(tenants).end).toEqual({
      reason: 'forbidden',
      message: 'No.',
    });
  });

  it('opens a new stream with cursors when the set of subscriptions changes', async () => {
    const { first, live, pass, portal, stops } = await setUpOpen(tenants);
    await first.send(snapshot(first.request.subs[0].id, {}, 'v1', 'i.3'));
    live.follow(tenantA, () => {});
    await pass(REOPEN_MS);
    expect(first.isOpen()).toBe(false);
    expect(portal.opened[1].request.subs).toMatchObject([
      { kind: 'tenants', cursor: 'i.3' },
      { kind: 'tenant', params: { tenant: 'a' } },
    ]);
    stops[0]();
    await pass(REOPEN_MS);
    expect(portal.opened[2].request.subs).toHaveLength(1);
    expect(live.read(tenants).connection.state).toBe('live');
  });

  it('closes the stream with the last subscription', async () => {
    const { first, pass, portal, stops } = await setUpOpen(tenants);
    stops[0]();
    await pass(REOPEN_MS);
    expect(first.isOpen()).toBe(false);
    expect(portal.opened).toHaveLength(1);
  });

  it('closes while the tab is hidden and resumes by cursor when it is seen again', async () => {
    const { first, env, live, pass, portal } = await setUpOpen(tenants);
    await first.send(snapshot(first.request.subs[0].id, {}, 'v1', 'i.4'));
    env.setVisible(false);
    await pass(0);
    expect(first.isOpen()).toBe(false);
    expect(live.read(tenants).connection.state).toBe('paused');
    await pass(60_000);
    expect(portal.opened).toHaveLength(1);
    env.setVisible(true);
    await pass(0);
    expect(portal.opened[1].request.subs[0].cursor).toBe('i.4');
    expect(live.read(tenants).connection.state).toBe('reconnecting');
  });

  it('takes silence for a dead connection', async () => {
    const { first, pass, portal } = await setUpOpen(tenants);
    await first.send({ s: '', n: 1, t: 'heartbeat' });
    await pass(SILENCE_MS);
    expect(first.isOpen()).toBe(false);
    await pass(1_000);
    expect(portal.opened).toHaveLength(2);
  });

  it('keeps the reason when a subscription ends and does not ask again', async () => {
    const { first, live, pass, portal } = await setUpOpen(tenantA);
    const d = { reason: 'forbidden', message: 'no' };
    await first.send({ s: first.request.subs[0].id, n: 1, t: 'end', d });
    await first.drop();
    await pass(60_000);
    expect(live.read(tenantA).end).toEqual(d);
    expect(portal.opened).toHaveLength(1);
  });

  it('opens again at once with a fresh token when the token expires', async () => {
    const { first, pass, portal } = await setUpOpen(tenants);
    await first.send(snapshot(first.request.subs[0].id, {}));
    const d = { reason: 'token-expired', message: '' };
    await first.send({ s: '', n: 2, t: 'end', d });
    await pass(0);
    expect(portal.opened).toHaveLength(2);
  });

  it('waits when the portal limits or stops the stream', async () => {
    const { first, live, pass, portal } = await setUpOpen(tenants);
    const d = { reason: 'limit', message: '' };
    await first.send({ s: '', n: 1, t: 'end', d });
    await pass(0);
    expect(portal.opened).toHaveLength(1);
    expect(live.read(tenants).connection.problem).toEqual({
      kind: 'ended',
      reason: 'limit',
    });
    await pass(1_000);
    expect(portal.opened).toHaveLength(2);
  });

  it('takes HTTP 403 as an end of everything asked for', async () => {
    const { live, pass, portal } = setUp();
    portal.answers = [403];
    live.follow(tenants, () => {});
    await pass(REOPEN_MS);
    expect(live.read(tenants).end?.reason).toBe('forbidden');
    live.tryNow();
    await pass(0);
    expect(portal.opened).toHaveLength(1);
  });
});

describe('reconnectDelay', () => {
  it('doubles, keeps to its bounds and is spread by chance', () => {
    expect([0, 1, 2].map(tries => reconnectDelay(tries, 0))).toEqual([
      250, 500, 1000,
    ]);
    expect(reconnectDelay(0, 0.999)).toBe(500);
    expect(reconnectDelay(50, 0.999)).toBeLessThanOrEqual(30_000);
  });
});
