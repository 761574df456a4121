// SPDX-License-Identifier: Apache-2.0
import {
  setUp,
  setUpOpen,
  snapshot,
  STEP_MS,
  tenantA,
  tenants,
} from './__testUtils__/livePortal';
import { NOTIFY_MS, SILENCE_MS } from './LiveStream';
import { reconnectDelay } from './reconnectDelay';

describe('LiveStream', () => {
  it('opens one stream for all subscriptions of a moment', async () => {
    const { portal, first } = await setUpOpen(tenants, tenantA, tenants);
    expect(first.request.subs.map(sub => sub.kind)).toEqual([
      'tenants',
      'tenant',
    ]);
    await first.send({ s: '', n: 1, t: 'heartbeat' });
    expect(portal.opened).toHaveLength(1);
  });

  it('folds a snapshot and the patches after it', async () => {
    const { first, live, env } = await setUpOpen(tenants);
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
    env.pass(NOTIFY_MS);
    expect(live.read(tenants)).toMatchObject({
      value: { y: { z: 1, w: 2 } },
      at: '2026-11-21T14:32:07Z',
      connection: { state: 'live', tries: 0 },
    });
  });

  it('re-opens without cursor when a patch does not fit', async () => {
    const { first, live, untilOpened, portal } = await setUpOpen(tenants);
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
    await untilOpened(2);
    expect(first.isOpen()).toBe(false);
    expect(portal.opened[1].request.subs[0].cursor).toBeUndefined();
    expect(live.read(tenants).value).toEqual({ x: 1 });
  });

  it('comes back with its cursors after a drop and says what it does meanwhile', async () => {
    const { first, live, untilOpened, untilState, portal, env } =
      await setUpOpen(tenants);
    const { id } = first.request.subs[0];
    await first.send(snapshot(id, { x: 1 }, 'v1', 'i.5'));
    first.drop();
    await untilState('reconnecting');
    const { connection, value } = live.read(tenants);
    expect(connection.nextTryAt).toBeGreaterThan(env.now() - STEP_MS);
    expect(value).toEqual({ x: 1 });
    await untilOpened(2);
    expect(portal.opened[1].request.subs[0].cursor).toBe('i.5');
    await portal.opened[1].send({ s: '', n: 1, t: 'heartbeat' });
    await untilState('live');
  });

  it('is stale when an outage lasts ten seconds, and waits longer after each failed try', async () => {
    const { first, live, untilState, portal } = await setUpOpen(tenants);
    portal.answers = Array(20).fill(503);
    first.drop();
    await untilState('stale');
    const { connection } = live.read(tenants);
    expect(connection.problem).toEqual({ kind: 'http', status: 503 });
    expect(connection.tries).toBeGreaterThan(3);
    expect(connection.tries).toBeLessThan(9);
  });

  it('tries at once when asked to', async () => {
    const { first, live, untilState, untilOpened, env } = await setUpOpen(
      tenants,
    );
    first.drop();
    await untilState('reconnecting');
    const { nextTryAt = 0 } = live.read(tenants).connection;
    live.tryNow();
    await untilOpened(2);
    expect(env.now()).toBeLessThanOrEqual(nextTryAt);
  });

  it('forgets at once what was heard for another, and asks anew for it', async () => {
    const { first, live, env, untilOpened, portal } = await setUpOpen(tenants);
    const { id } = first.request.subs[0];
    await first.send(snapshot(id, { x: 1 }, 'v1', 'i.5'));
    env.pass(NOTIFY_MS);
    live.reset();
    expect(live.read(tenants)).toEqual({
      connection: { state: 'connecting', tries: 0 },
    });
    await untilOpened(2);
    expect(first.isOpen()).toBe(false);
    expect(portal.opened[1].request.subs[0].cursor).toBeUndefined();
  });

  it('says what the portal said when the stream is refused', async () => {
    const { live, until, portal } = setUp();
    portal.refusal = { error: { name: 'NotAllowedError', message: 'No.' } };
    portal.answers = [403];
    live.follow(tenants, () => {});
    await until(() => live.read(tenants).end !== undefined);
    expect(live.read(tenants).end).toEqual({
      reason: 'forbidden',
      message: 'No.',
    });
  });

  it('opens a new stream with cursors when the set of subscriptions changes', async () => {
    const { first, live, untilOpened, untilState, portal, stops } =
      await setUpOpen(tenants);
    await first.send(snapshot(first.request.subs[0].id, {}, 'v1', 'i.3'));
    await untilState('live');
    live.follow(tenantA, () => {});
    await untilOpened(2);
    expect(first.isOpen()).toBe(false);
    expect(portal.opened[1].request.subs).toMatchObject([
      { kind: 'tenants', cursor: 'i.3' },
      { kind: 'tenant', params: { tenant: 'a' } },
    ]);
    stops[0]();
    await untilOpened(3);
    expect(portal.opened[2].request.subs).toHaveLength(1);
    expect(live.read(tenants).connection.state).toBe('live');
  });

  it('closes the stream with the last subscription', async () => {
    const { first, live, until, untilOpened, portal, stops } = await setUpOpen(
      tenants,
    );
    stops[0]();
    await until(() => !first.isOpen());
    // The next stream is that of the next subscription, and there was none between.
    live.follow(tenantA, () => {});
    await untilOpened(2);
    expect(portal.opened[1].request.subs).toMatchObject([
      { kind: 'tenant', params: { tenant: 'a' } },
    ]);
  });

  it('closes while the tab is hidden and resumes by cursor when it is seen again', async () => {
    const { first, env, live, untilState, untilOpened, portal } =
      await setUpOpen(tenants);
    await first.send(snapshot(first.request.subs[0].id, {}, 'v1', 'i.4'));
    env.setVisible(false);
    await untilState('paused');
    expect(first.isOpen()).toBe(false);
    env.pass(60_000);
    env.setVisible(true);
    await untilState('reconnecting');
    await untilOpened(2);
    expect(portal.opened[1].request.subs[0].cursor).toBe('i.4');
    expect(live.read(tenants).connection.tries).toBe(0);
    expect(portal.opened).toHaveLength(2);
  });

  it('takes silence for a dead connection', async () => {
    const { first, env, untilOpened } = await setUpOpen(tenants);
    await first.send(snapshot(first.request.subs[0].id, {}));
    env.pass(SILENCE_MS - 1);
    expect(first.isOpen()).toBe(true);
    env.pass(1);
    expect(first.isOpen()).toBe(false);
    await untilOpened(2);
  });

  it('keeps the reason when a subscription ends and does not ask again', async () => {
    const { first, live, until, untilOpened, portal } = await setUpOpen(
      tenantA,
    );
    const d = { reason: 'forbidden', message: 'no' };
    await first.send({ s: first.request.subs[0].id, n: 1, t: 'end', d });
    first.drop();
    await until(() => live.read(tenantA).end !== undefined);
    expect(live.read(tenantA).end).toEqual(d);
    live.follow(tenants, () => {});
    await untilOpened(2);
    expect(portal.opened[1].request.subs).toMatchObject([{ kind: 'tenants' }]);
  });

  it('opens again at once with a fresh token when the token expires', async () => {
    const { first, env, untilOpened } = await setUpOpen(tenants);
    await first.send(snapshot(first.request.subs[0].id, {}));
    const before = env.now();
    const d = { reason: 'token-expired', message: '' };
    await first.send({ s: '', n: 2, t: 'end', d });
    await untilOpened(2);
    // Less than the least wait after a drop.
    expect(env.now() - before).toBeLessThan(reconnectDelay(0, 0));
  });

  it('waits when the portal limits or stops the stream', async () => {
    const { first, live, untilState, untilOpened, portal } = await setUpOpen(
      tenants,
    );
    const d = { reason: 'limit', message: '' };
    await first.send({ s: '', n: 1, t: 'end', d });
    await untilState('reconnecting');
    expect(portal.opened).toHaveLength(1);
    expect(live.read(tenants).connection.problem).toEqual({
      kind: 'ended',
      reason: 'limit',
    });
    await untilOpened(2);
  });

  it('takes HTTP 403 as an end of everything asked for', async () => {
    const { live, until, untilOpened, portal } = setUp();
    portal.answers = [403];
    live.follow(tenants, () => {});
    await until(() => live.read(tenants).end?.reason === 'forbidden');
    live.tryNow();
    await untilOpened(1);
    expect(portal.refused).toBe(1);
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
