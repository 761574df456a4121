// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { held } from '../testing/held';
import {
  newOperation,
  openOperationStore,
} from '../testing/openOperationStore';
import { type Lease } from './Lease';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('the queue on %s', id => {
  async function open() {
    return openOperationStore(await databases.init(id));
  }
  type Opened = Awaited<ReturnType<typeof open>>;

  async function claimed({ store }: Opened): Promise<Lease> {
    return held(await store.claims.claim('queue'));
  }

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
});
