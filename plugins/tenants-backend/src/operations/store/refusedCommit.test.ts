// SPDX-License-Identifier: Apache-2.0
import {
  createMockDirectory,
  TestDatabases,
} from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { FakeClock } from '../../time/testing/FakeClock';
import { held } from '../testing/held';
import { migrations, newOperation } from '../testing/openOperationStore';
import { DatabaseOperationStore } from './DatabaseOperationStore';
import { clockTime } from './DatabaseTime';

/** A database whose next commit can be refused; a pause lets the one after it through. */
type Refusing = {
  readonly knex: Knex;
  /** Sees what is committed, and nothing else. */
  readonly other: Knex;
  readonly refuseNext: () => Promise<unknown>;
  readonly allow: () => Promise<unknown>;
};

describe('an operation whose commit the database refuses once', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const directory = createMockDirectory();
  const opened: Knex[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(knex => knex.destroy()));
    directory.clear();
  });

  function openFile(): Knex {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: directory.resolve('operations.sqlite') },
      useNullAsDefault: true,
    });
    opened.push(knex);
    return knex;
  }

  /** Somebody reads the file, a backup say. */
  async function sqlite(): Promise<Refusing> {
    const [knex, reader] = [openFile(), openFile()];
    await knex.migrate.latest({ directory: migrations });
    await knex.raw('PRAGMA busy_timeout = 0');
    const refuseNext = async () => {
      await reader.raw('BEGIN');
      await reader('operations');
    };
    const allow = async () => reader.raw('COMMIT');
    return { knex, other: reader, refuseNext, allow };
  }

  /** The server finds at the commit that the transaction does not fit those beside it. */
  async function postgres(): Promise<Refusing> {
    const knex = await databases.init('POSTGRES_18');
    await knex.migrate.latest({ directory: migrations });
    await knex.raw(`
      CREATE TABLE refusing (yes boolean);
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT 1 FROM refusing) THEN
          RAISE EXCEPTION 'refused' USING ERRCODE = 'serialization_failure';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER at_commit AFTER UPDATE ON operations
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();`);
    const refuseNext = async () => knex('refusing').insert({ yes: true });
    const allow = async () => knex('refusing').delete();
    return { knex, other: knex, refuseNext, allow };
  }

  async function claimed({ knex, allow }: Refusing) {
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
      if (pauses === 1) await allow();
    };
    const time = clockTime(new FakeClock());
    const store = new DatabaseOperationStore({ knex, time, pause });
    await store.queue.enqueue(newOperation());
    const lease = held(await store.claims.claim('queue'));
    return { store, lease, pauses: () => pauses };
  }

  const kinds = [
    ['SQLite', sqlite],
    ...(databases.supports('POSTGRES_18')
      ? ([['PostgreSQL', postgres]] as const)
      : []),
  ] as const;

  it.each(kinds)('is written as it was meant on %s', async (_, open) => {
    const database = await open();
    const { store, lease, pauses } = await claimed(database);
    await database.refuseNext();
    await store.journal.write(lease, {
      planned: true,
      newSteps: [
        { key: 'one', title: 'One', input: {}, position: 0, begins: true },
      ],
      events: [{ type: 'log', level: 'info', message: 'It began.' }],
    });
    expect(pauses()).toBe(1);
    await store.journal.write(lease, {
      events: [{ type: 'log', level: 'info', message: 'It goes on.' }],
    });
    const { other } = database;
    const events = await other('operation_events').orderBy('seq');
    expect(events.map(({ message }) => message).slice(2)).toEqual([
      'It began.',
      'It goes on.',
    ]);
    expect(await other('operation_steps').pluck('step_key')).toEqual(['one']);
  });

  it.each(kinds)('ends as it was meant on %s', async (_, open) => {
    const database = await open();
    const { store, lease, pauses } = await claimed(database);
    await database.refuseNext();
    await store.journal.settle(lease, {
      event: { type: 'completed' },
      entry: {},
    });
    expect(pauses()).toBe(1);
    expect(await database.other('operations').first()).toMatchObject({
      state: 'succeeded',
      attempt: 1,
      owner: null,
    });
  });
});
