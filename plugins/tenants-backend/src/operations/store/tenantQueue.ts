// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { isPostgres } from '../../database/isPostgres';
import type { OperationRow } from './OperationRow';
import type { PreparedStatements } from './PreparedStatements';

/** Channel on which replicas tell each other that there is something to do. */
export const NOTIFY_CHANNEL = 'tenants_operations';

const ACTIVE = ['running', 'retrying', 'cancelling'] as const;

/**
 * Locks a tenant until the transaction ends. Whatever changes the state of one of its operations takes this lock first, so that
 * no two wait for each other.
 */
export async function lockTenant(
  trx: Knex.Transaction,
  tenant: string,
  statements: PreparedStatements,
): Promise<void> {
  if (!isPostgres(trx)) return;
  const lock = 'SELECT 1 FROM operation_tenants WHERE tenant = ? FOR UPDATE';
  await statements.run(trx, lock, [tenant]);
}

/**
 * Marks the operation that may run next as ready: the first of the tenant’s queue, unless one has begun. The marked are what a
 * claim looks at, so that its cost does not grow with what waits behind. To be called under the tenant’s lock.
 */
export async function promoteNext(trx: Knex, tenant: string): Promise<void> {
  const queue = () => trx<OperationRow>('operations').where({ tenant });
  const active = await queue().whereIn('state', ACTIVE).first('seq');
  const next = active
    ? undefined
    : await queue()
        .where({ state: 'queued' })
        .orderBy(['priority', 'seq'])
        .first('seq');
  await queue()
    .where({ state: 'queued', ready: 1 })
    .whereNot({ seq: next?.seq ?? -1 })
    .update({ ready: 0 });
  if (!next) return;
  await queue().where({ seq: next.seq, ready: 0 }).update({ ready: 1 });
}

/** Wakes workers and readers of other replicas once the transaction is committed. */
export async function notify(
  trx: Knex.Transaction,
  operation: string,
): Promise<void> {
  if (!isPostgres(trx)) return;
  await trx.raw('SELECT pg_notify(?, ?)', [NOTIFY_CHANNEL, operation]);
}
