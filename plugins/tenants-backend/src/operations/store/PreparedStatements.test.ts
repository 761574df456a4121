// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { migrations, newOperation } from '../testing/openOperationStore';
import { DatabaseOperationStore } from './DatabaseOperationStore';
import { isPostgres } from '../../database/isPostgres';
import type { Lease } from './Lease';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** What a pooler does that gives each statement another connection. */
async function forgetStatements(knex: Knex): Promise<void> {
  if (isPostgres(knex)) await knex.raw('DEALLOCATE ALL');
}

const entry = (message: string) => ({
  events: [{ type: 'log', level: 'info', message } as const],
});

describe.each(databases.eachSupportedId())('by the time of %s', id => {
  const open = async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrations });
    const store = new DatabaseOperationStore({ knex, pause: async () => {} });
    const claim = async (): Promise<Lease> => {
      const lease = await store.claims.claim('queue');
      if (!lease) throw new Error('There was nothing to claim.');
      return lease;
    };
    const messages = async () => {
      const rows: { message: string }[] = await knex('operation_events')
        .where({ type: 'log' })
        .orderBy(['operation', 'seq'])
        .select('message');
      return rows.map(({ message }) => message);
    };
    return { knex, store, claim, messages };
  };

  it('statements that a pooler has forgotten are written without names, once each', async () => {
    const { knex, store, claim, messages } = await open();
    await store.queue.enqueue(newOperation());
    const lease = await claim();
    await store.journal.write(lease, entry('first'));
    await forgetStatements(knex);
    await store.journal.write(lease, entry('second'));
    await store.journal.write(lease, entry('third'));
    expect(await messages()).toEqual(['first', 'second', 'third']);
  });

  it('an operation ends, and the next one of its tenant begins, although its end was forgotten', async () => {
    const { knex, store, claim, messages } = await open();
    const end = { event: { type: 'completed' } as const, entry: entry('end') };
    for (let i = 0; i < 3; i += 1) await store.queue.enqueue(newOperation());
    await store.journal.settle(await claim(), end);
    const second = await claim();
    await forgetStatements(knex);
    await store.journal.settle(second, end);
    await forgetStatements(knex);
    await store.journal.settle(await claim(), end);
    expect(await messages()).toEqual(['end', 'end', 'end']);
    const ended = await knex('operations').whereNotNull('ended_at');
    expect(ended.map(({ state }) => state)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
  });
});
