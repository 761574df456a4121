// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { isPostgres } from './isPostgres';

/**
 * Does a piece of work in a transaction: all of it is written, or nothing.
 *
 * On SQLite a commit is refused while somebody reads the file for longer than the driver waits, such as a backup, and the
 * transaction stays open. knex gives such a connection back as it is, so that no transaction could begin on it any more, and what
 * is written without one would be gone with the process. So the commit is part of the work here, which knex rolls back when it
 * fails; the transaction that knex commits then is an empty one, which is never refused.
 *
 * @throws what `work` throws, and what the database says of the commit
 */
export function inTransaction<T>(
  knex: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  if (isPostgres(knex)) return knex.transaction(work);
  return knex.transaction(async trx => {
    const result = await work(trx);
    await trx.raw('COMMIT');
    await trx.raw('BEGIN');
    return result;
  });
}
