// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { transition } from '../engine/transition';
import { LeaseLostError } from '../OperationErrors';
import { held } from '../testing/held';
import {
  migrations,
  newOperation,
  openOperationStore,
} from '../testing/openOperationStore';
import { toLifecycle, type Lease } from './Lease';
import type { OperationRow } from './OperationRow';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const completed = {
  event: { type: 'completed' },
  entry: {},
} as const;

describe.each(databases.eachSupportedId())('operations on %s', id => {
  async function open(options?: { concurrency?: number }) {
    return openOperationStore(await databases.init(id), options);
  }
  type Opened = Awaited<ReturnType<typeof open>>;

  async function claimed({ store }: Opened): Promise<Lease> {
    return held(await store.claims.claim('queue'));
  }

  it('says the same of a claim as the state machine', async () => {
    const { store, knex, clock } = await open();
    await store.queue.enqueue(newOperation());
    const row = (): Promise<OperationRow> => knex('operations').first();
    const check = async (before: OperationRow) => {
      const machine = transition(toLifecycle(before), { type: 'claimed' }, 0);
      const after = toLifecycle(await row());
      expect(machine).toMatchObject({ ok: true, next: after });
    };
    let before = await row();
    let lease = held(await store.claims.claim('queue'));
    await check(before);
    await store.journal.settle(lease, {
      event: { type: 'waiting', forMs: 5_000 },
      entry: {},
    });
    expect(await store.claims.claim('due')).toBeUndefined();
    clock.advance(5_000);
    before = await row();
    lease = held(await store.claims.claim('due'));
    await check(before);
    const error = { reason: 'Flaky', message: 'It failed.', retryable: true };
    await store.journal.settle(lease, {
      event: { type: 'failed', error, retryAfterMs: 60_000 },
      entry: {},
    });
    clock.advance(60_000);
    before = await row();
    lease = held(await store.claims.claim('due'));
    expect(lease).toMatchObject({ state: 'running', attempt: 2 });
    await check(before);
    await store.queue.requestCancel(lease.id, 'user:default/ann');
    clock.advance(30_000);
    expect(await store.queue.reapLost()).toBe(1);
    before = await row();
    expect(before).toMatchObject({ state: 'cancelling', owner: null });
    await store.claims.claim('due');
    await check(before);
  });

  it('runs one operation of a tenant at a time, in the order they came, people before schedules', async () => {
    const opened = await open();
    const { store } = opened;
    for (const [title, priority] of [
      ['first', 'scheduled'],
      ['second', 'scheduled'],
      ['third', 'interactive'],
    ] as const) {
      await store.queue.enqueue(newOperation({ title, priority }));
    }
    await store.queue.enqueue(newOperation({ tenant: 'bank', title: 'other' }));
    const order: string[] = [];
    for (let i = 0; i < 2; i++) {
      const [a, b] = [await claimed(opened), await store.claims.claim('queue')];
      for (const lease of [a, b]) {
        if (!lease) continue;
        order.push(lease.row.title);
        await store.journal.settle(lease, completed);
      }
    }
    order.push((await claimed(opened)).row.title);
    expect(order).toEqual(['third', 'other', 'first', 'second']);
  });

  it('lets the database refuse a second operation under way of one tenant', async () => {
    const opened = await open();
    await opened.store.queue.enqueue(newOperation());
    await claimed(opened);
    const other = await opened.store.queue.enqueue(newOperation());
    await expect(
      opened.knex('operations').where({ id: other.id }).update({
        state: 'running',
      }),
    ).rejects.toThrow();
  });

  it('gives out no more leases than there are slots', async () => {
    const { store } = await open({ concurrency: 2 });
    for (const tenant of ['a', 'b', 'c']) {
      await store.queue.enqueue(newOperation({ tenant }));
    }
    const first = held(await store.claims.claim('queue'));
    held(await store.claims.claim('queue'));
    expect(await store.claims.claim('queue')).toBeUndefined();
    await store.journal.settle(first, completed);
    expect(await store.claims.claim('queue')).toBeDefined();
  });

  it('raises the fence of a tenant with every lease, and never below the time', async () => {
    const opened = await open();
    const { store, clock } = opened;
    const fences: number[] = [];
    for (let i = 0; i < 3; i++) {
      await store.queue.enqueue(newOperation());
      const lease = await claimed(opened);
      fences.push(lease.fence);
      await store.journal.settle(lease, completed);
    }
    expect(fences).toEqual([clock.now(), clock.now() + 1, clock.now() + 2]);
  });

  it('refuses every write of a worker whose lease another one has', async () => {
    const opened = await open();
    const { store, clock } = opened;
    await store.queue.enqueue(newOperation());
    const old = await claimed(opened);
    clock.advance(30_000);
    expect(await store.queue.reapLost()).toBe(1);
    const current = held(await store.claims.claim('due'));
    expect(current.fence).toBeGreaterThan(old.fence);
    const entry = {
      events: [{ type: 'log', level: 'info', message: 'late' }],
    } as const;
    const { journal } = store;
    await expect(journal.write(old, entry)).rejects.toThrow(LeaseLostError);
    await expect(journal.renew(old, 30_000)).rejects.toThrow(LeaseLostError);
    await expect(journal.settle(old, completed)).rejects.toThrow(
      LeaseLostError,
    );
    const events = await store.history.listEvents(current.row, {
      after: 0,
      limit: 100,
    });
    expect(events.items.map(({ message }) => message)).not.toContain('late');
    await journal.settle(current, completed);
  });

  it('is lost no more often than it may be tried', async () => {
    const opened = await open();
    const { store, clock } = opened;
    const { id: operation } = await store.queue.enqueue(newOperation());
    await claimed(opened);
    for (let left = 3; left > 0; left--) {
      clock.advance(30_000);
      expect(await store.queue.reapLost()).toBe(1);
      held(await store.claims.claim('due'));
    }
    clock.advance(30_000);
    await store.queue.reapLost();
    expect(await store.history.get(operation)).toMatchObject({
      state: 'failed',
      attempt: 4,
      error: { reason: 'Lost' },
      retryable: true,
    });
  });

  it('keeps a lease that is renewed', async () => {
    const opened = await open();
    const { store, clock } = opened;
    await store.queue.enqueue(newOperation());
    const lease = await claimed(opened);
    for (let i = 0; i < 5; i++) {
      clock.advance(10_000);
      await store.journal.renew(lease, 30_000);
      expect(await store.queue.reapLost()).toBe(0);
    }
  });

  it('keeps the newest 50 revisions of an environment, and never changes one', async () => {
    const { store } = await open();
    const revision = (number: number, operation = `op-${number}`) => ({
      tenant: 'shop',
      environment: 'prod',
      revision: number,
      by: 'user:default/ann',
      operation,
      title: 'Upgrade',
      spec: {
        name: 'prod',
        cluster: 'east',
        tier: 'bronze',
        modules: [],
        members: [],
        asleep: false,
        overrides: {},
      },
      releases: { web: { version: '1.0.0', hash: 'h' } },
    });
    for (let i = 1; i <= 52; i++) await store.revisions.add(revision(i));
    await store.revisions.add(revision(52));
    await expect(store.revisions.add(revision(52, 'another'))).rejects.toThrow(
      'written by another operation',
    );
    const all = await store.revisions.list('shop');
    expect(all).toHaveLength(50);
    expect(all.filter(({ current }) => current)).toMatchObject([
      { revision: 52 },
    ]);
    expect(await store.revisions.get('shop', 'prod', 2)).toBeUndefined();
    expect(await store.revisions.get('shop', 'prod', 9)).toMatchObject({
      revision: 9,
      releases: { web: { version: '1.0.0' } },
    });
  });

  it('can be taken back', async () => {
    const { knex } = await open();
    await knex.migrate.rollback({ directory: migrations });
    expect(await knex.schema.hasTable('operations')).toBe(false);
    await knex.migrate.latest({ directory: migrations });
    expect(await knex.schema.hasTable('operation_revisions')).toBe(true);
  });
});
