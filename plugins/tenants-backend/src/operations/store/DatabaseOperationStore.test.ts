// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { operationSchema } from '@tenantry/backstage-plugin-tenants-common';
import { transition } from '../engine/transition';
import { LeaseLostError } from '../OperationErrors';
import {
  migrations,
  newOperation,
  openOperationStore,
} from '../testing/openOperationStore';
import { toLifecycle, type Lease } from './Lease';
import type { OperationRow } from './OperationRow';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY_MS = 24 * 60 * 60 * 1000;

function held(lease: Lease | undefined): Lease {
  if (!lease) throw new Error('There was nothing to claim.');
  return lease;
}

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

  it('gives the same operation for the same key, and refuses the key for another request', async () => {
    const { store, knex } = await open();
    const wanted = newOperation({ idempotencyKey: 'once' });
    const alongside = jest.fn(async () => {});
    const first = await store.queue.enqueue(wanted, alongside);
    const again = await store.queue.enqueue(wanted, alongside);
    expect(again.id).toBe(first.id);
    expect(alongside).toHaveBeenCalledTimes(1);
    await expect(
      store.queue.enqueue({
        ...wanted,
        request: { ...wanted.request, planVersion: 'another' },
      }),
    ).rejects.toThrow('Use a new key');
    const bob = { ...wanted, requestedBy: 'user:default/bob' };
    expect((await store.queue.enqueue(bob)).id).not.toBe(first.id);
    expect(await knex('operations').select('id')).toHaveLength(2);
  });

  it('writes an operation with what is written alongside, or neither', async () => {
    const { store, knex } = await open();
    await expect(
      store.queue.enqueue(newOperation(), async () => {
        throw new Error('the audit failed');
      }),
    ).rejects.toThrow('the audit failed');
    expect(await knex('operations').select('id')).toEqual([]);
    expect(await knex('operation_events').select('seq')).toEqual([]);
  });

  it('refuses a tenant that has too many waiting', async () => {
    const { store } = await open();
    for (let i = 0; i < 50; i++) await store.queue.enqueue(newOperation());
    await expect(store.queue.enqueue(newOperation())).rejects.toThrow(
      '50 operations of the tenant shop wait already',
    );
    await store.queue.enqueue(newOperation({ tenant: 'bank' }));
  });

  it('cancels what has not begun at once, and lets the next one go', async () => {
    const opened = await open();
    const { store } = opened;
    const [a, b] = [
      await store.queue.enqueue(newOperation()),
      await store.queue.enqueue(newOperation()),
    ];
    expect(await store.history.get(b.id)).toMatchObject({
      state: 'queued',
      waitsFor: { id: a.id, title: a.title },
    });
    const cancelled = await store.queue.requestCancel(a.id, 'user:default/ann');
    expect(cancelled?.state).toBe('cancelled');
    expect((await claimed(opened)).id).toBe(b.id);
    expect(await store.queue.requestCancel('nope', 'x')).toBeUndefined();
  });

  it('tells a worker of a request to cancel with its next write', async () => {
    const opened = await open();
    const { store } = opened;
    await store.queue.enqueue(newOperation());
    const lease = await claimed(opened);
    await store.queue.requestCancel(lease.id, 'user:default/ann');
    await store.journal.write(lease, {
      events: [{ type: 'log', level: 'info', message: 'still here' }],
    });
    expect(lease.state).toBe('cancelling');
    await store.journal.settle(lease, {
      event: { type: 'stopped' },
      entry: {},
    });
    const operation = await store.history.get(lease.id);
    expect(operation).toMatchObject({ state: 'cancelled', lastEvent: 4 });
  });

  it('journals steps and events under one number each, without gaps', async () => {
    const opened = await open();
    const { store } = opened;
    await store.queue.enqueue(newOperation());
    const lease = await claimed(opened);
    const plan = (key: string, position: number, begins = false) => ({
      key,
      title: `Do ${key}`,
      environment: 'prod',
      cluster: 'east',
      wave: 0,
      input: { key, text: 'a\u0000b' },
      position,
      begins,
    });
    await store.journal.write(lease, {
      planned: true,
      newSteps: [plan('a', 0, true), plan('b', 1)],
      events: [{ type: 'step', level: 'info', step: 0, message: 'Do a' }],
    });
    await store.journal.write(lease, {
      result: { revision: 3 },
      steps: [
        {
          key: 'a',
          state: 'succeeded',
          ends: true,
          message: 'done\u0000',
          changes: [
            {
              action: 'created',
              apiVersion: 'v1',
              kind: 'ConfigMap',
              name: 'x',
              fields: [],
            },
          ],
        },
        { key: 'b', state: 'running', position: 2, begins: true },
      ],
      newSteps: [plan('c', 1)],
      events: [
        { type: 'log', level: 'warning', step: 0, message: 'careful\u0000' },
        { type: 'step', level: 'info', step: 2, message: 'Do b' },
      ],
    });
    const operation = operationSchema.parse(await store.history.get(lease.id));
    expect(
      operation.steps.map(({ title, state, message }) => [
        title,
        state,
        message,
      ]),
    ).toEqual([
      ['Do a', 'succeeded', 'done'],
      ['Do c', 'pending', undefined],
      ['Do b', 'running', undefined],
    ]);
    expect(operation.steps[0].endedAt).toBeDefined();
    expect(operation.changes?.counts).toEqual({ created: 1 });
    expect(operation.result).toEqual({ revision: 3 });
    const row = await store.history.find(lease.id);
    if (!row) throw new Error('gone');
    const list = await store.history.listEvents(row, { after: 0, limit: 3 });
    expect(list.items.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const rest = await store.history.listEvents(row, {
      after: list.after,
      limit: 10,
    });
    expect(rest.items.map(({ seq, message }) => [seq, message])).toEqual([
      [4, 'careful'],
      [5, 'Do b'],
    ]);
    expect(rest.ended).toBe(false);
    const [step] = await store.journal.steps(lease);
    expect(JSON.parse(step.input)).toEqual({ key: 'a', text: 'ab' });
  });

  it('lists newest first in pages, filtered', async () => {
    const opened = await open();
    const { store } = opened;
    for (let i = 0; i < 5; i++) {
      await store.queue.enqueue(
        newOperation({
          tenant: i % 2 === 0 ? 'shop' : 'bank',
          title: `n${i}`,
          environments: i === 4 ? ['prod', 'test'] : ['prod'],
        }),
      );
    }
    await store.journal.settle(await claimed(opened), completed);
    const titles = async (query: object) =>
      (await store.history.list({ limit: 50, ...query })).items.map(
        ({ title }) => title,
      );
    const { history } = store;
    const first = await history.list({ limit: 2 });
    expect(first.items.map(({ title }) => title)).toEqual(['n4', 'n3']);
    const { nextCursor: cursor } = first;
    expect(await titles({ limit: 2, cursor })).toEqual(['n2', 'n1']);
    expect(await titles({ tenant: 'bank' })).toEqual(['n3', 'n1']);
    expect(await titles({ state: 'ended' })).toEqual(['n0']);
    expect(await titles({ state: 'succeeded' })).toEqual(['n0']);
    expect(await titles({ tenant: 'shop', state: 'active' })).toEqual([
      'n4',
      'n2',
    ]);
    expect(await titles({ environment: 'test' })).toEqual(['n4']);
    expect(await titles({ environment: '%' })).toEqual([]);
    expect(await titles({ type: 'apply' })).toEqual([]);
    expect(await titles({ requestedBy: 'nobody' })).toEqual([]);
    expect(await history.counts()).toEqual({ queued: 4 });
  });

  it('forgets what ended longer ago than 30 days', async () => {
    const opened = await open();
    const { store, clock, knex } = opened;
    await store.queue.enqueue(newOperation());
    await store.journal.settle(await claimed(opened), completed);
    clock.advance(29 * DAY_MS);
    await store.queue.enqueue(newOperation({ title: 'kept' }));
    expect(await store.history.removeOld()).toBe(0);
    clock.advance(2 * DAY_MS);
    expect(await store.history.removeOld()).toBe(1);
    const left = await store.history.list({ limit: 9 });
    expect(left.items.map(({ title }) => title)).toEqual(['kept']);
    expect(await knex('operation_events').select('seq')).toHaveLength(1);
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
