// SPDX-License-Identifier: Apache-2.0
import {
  setUpOpen,
  snapshot,
  tenantA,
  tenants,
} from './__testUtils__/livePortal';
import { ANSWER_MS, NOTIFY_MS } from './LiveStream';

const HEARTBEAT = { s: '', n: 1, t: 'heartbeat' };

describe('a subscription that is never answered', () => {
  it('is asked for again, and the page says so however the stream goes on beating', async () => {
    const { env, first, live, portal, untilOpened, untilState } =
      await setUpOpen(tenants);
    await first.send(HEARTBEAT);
    env.pass(ANSWER_MS / 2);
    await first.send(HEARTBEAT);
    expect(live.read(tenants).connection.state).toBe('live');
    expect(first.isOpen()).toBe(true);
    env.pass(ANSWER_MS / 2);
    expect(first.isOpen()).toBe(false);
    await untilState('reconnecting');
    await untilOpened(2);
    const [, second] = portal.opened;
    await second.send(HEARTBEAT);
    env.pass(NOTIFY_MS);
    expect(live.read(tenants).connection).toMatchObject({
      state: 'reconnecting',
      tries: 1,
    });
    await second.send(snapshot(second.request.subs[0].id, { x: 1 }));
    env.pass(NOTIFY_MS);
    expect(live.read(tenants)).toMatchObject({
      value: { x: 1 },
      connection: { state: 'live', tries: 0 },
    });
  });

  it('is waited for longer after each try, with the page stale meanwhile', async () => {
    const { env, live, portal, until } = await setUpOpen(tenants);
    await until(() => portal.opened.length >= 3);
    await portal.opened[2].send(HEARTBEAT);
    env.pass(NOTIFY_MS);
    expect(live.read(tenants).connection).toMatchObject({
      state: 'stale',
      tries: 2,
    });
  });

  it('does not take the others with it: what was heard of them is kept', async () => {
    const { first, live, portal, untilOpened } = await setUpOpen(
      tenants,
      tenantA,
    );
    const [{ id }] = first.request.subs;
    await first.send(snapshot(id, { x: 1 }, 'v1', 'i.3'));
    await untilOpened(2);
    expect(live.read(tenants).value).toEqual({ x: 1 });
    expect(portal.opened[1].request.subs.map(sub => sub.cursor)).toEqual([
      'i.3',
      undefined,
    ]);
  });
});

describe('a subscription that needs no answer', () => {
  it('goes on when it was answered in time, or ended', async () => {
    const { env, first, portal } = await setUpOpen(tenants, tenantA);
    const [one, other] = first.request.subs;
    await first.send(snapshot(one.id, {}));
    const d = { reason: 'deleted', message: 'gone' };
    await first.send({ s: other.id, n: 1, t: 'end', d });
    env.pass(ANSWER_MS - 1);
    await first.send(HEARTBEAT);
    env.pass(2);
    expect(first.isOpen()).toBe(true);
    expect(portal.opened).toHaveLength(1);
  });

  it('goes on when it has a cursor and nothing has changed', async () => {
    const { env, first, portal, untilOpened } = await setUpOpen(tenants);
    await first.send(snapshot(first.request.subs[0].id, {}, 'v1', 'i.3'));
    first.drop();
    await untilOpened(2);
    const [, second] = portal.opened;
    env.pass(ANSWER_MS - 1);
    await second.send(HEARTBEAT);
    env.pass(2);
    expect(second.isOpen()).toBe(true);
  });
});
