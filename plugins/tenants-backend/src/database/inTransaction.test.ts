// SPDX-License-Identifier: Apache-2.0
import { createMockDirectory } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { inTransaction } from './inTransaction';

describe('inTransaction on a file that somebody else reads', () => {
  const directory = createMockDirectory();
  const opened: Knex[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(knex => knex.destroy()));
    directory.clear();
  });

  function open(): Knex {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: directory.resolve('file.sqlite') },
      useNullAsDefault: true,
      pool: {
        min: 1,
        max: 1,
        afterCreate: (
          connection: { pragma(sql: string): void },
          done: (error: undefined, connection: unknown) => void,
        ) => {
          // Else the driver stops the whole process for five seconds.
          connection.pragma('busy_timeout = 0');
          done(undefined, connection);
        },
      },
    });
    opened.push(knex);
    return knex;
  }

  async function openBoth() {
    const [writer, reader] = [open(), open()];
    await writer.schema.createTable('notes', t => t.string('note'));
    await writer('notes').insert([{ note: 'first' }]);
    const read = async () => {
      await reader.raw('BEGIN');
      await reader('notes');
    };
    const notes = () => reader('notes').pluck('note');
    return { writer, reader, read, notes };
  }

  const write = (knex: Knex, note: string) =>
    inTransaction(knex, trx => trx('notes').insert({ note }));

  it('writes nothing when the commit is refused, and can write again after it', async () => {
    const { writer, reader, read, notes } = await openBoth();
    await read();
    await expect(write(writer, 'refused')).rejects.toMatchObject({
      code: 'SQLITE_BUSY',
    });
    await expect(write(writer, 'refused too')).rejects.toMatchObject({
      code: 'SQLITE_BUSY',
    });
    await reader.raw('COMMIT');
    await write(writer, 'second');
    // Seen by somebody else: it is not in a transaction that is still open.
    await writer('notes').insert({ note: 'third' });
    expect(await notes()).toEqual(['first', 'second', 'third']);
  });

  it('takes back what was written before the work failed', async () => {
    const { writer, notes } = await openBoth();
    const work = inTransaction(writer, async trx => {
      await trx('notes').insert({ note: 'half' });
      throw new Error('The rest cannot be done.');
    });
    await expect(work).rejects.toThrow('The rest cannot be done.');
    expect(await notes()).toEqual(['first']);
  });
});
