// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { isPostgres } from '../../../../plugins/tenants-backend/src/database/isPostgres';

const TABLES = [
  'operations',
  'operation_steps',
  'operation_events',
  'operation_tenants',
];

/** Numbers from 1 to the binding, as `n`. */
const SERIES = {
  postgres: 'generate_series(1, ?) n',
  sqlite:
    '(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < ?) SELECT n FROM s) s',
};

/** Puts operations of as many tenants into an empty queue: what `enqueue` writes, for many at once. */
export async function fillQueue(knex: Knex, count: number): Promise<void> {
  const series = SERIES[isPostgres(knex) ? 'postgres' : 'sqlite'];
  await empty(knex);
  await knex.raw(
    `INSERT INTO operation_tenants (tenant, fence) SELECT 't' || n, 0 FROM ${series}`,
    [count],
  );
  await knex.raw(
    `INSERT INTO operations (id, tenant, type, title, priority, state, ready, request, request_hash, idempotency_key,
       requested_by, environments, attempt, max_attempts, planned, fence, created_at, last_event, event_bytes, dropped, version)
     SELECT 'o' || n, 't' || n, 'restart', 'Restart', 0, 'queued', 1,
       '{"type":"restart","environment":"prod","workload":"Deployment/web"}', 'h', 'k' || n, 'user:default/ann', '|prod|',
       0, 4, 0, 0, 0, 0, 0, 0, 1 FROM ${series}`,
    [count],
  );
  if (!isPostgres(knex)) return;
  await knex.raw('VACUUM ANALYZE operations');
  await knex.raw('VACUUM ANALYZE operation_tenants');
}

async function empty(knex: Knex): Promise<void> {
  if (isPostgres(knex)) {
    await knex.raw(`TRUNCATE ${TABLES.join(', ')}`);
    return;
  }
  for (const table of TABLES) await knex(table).delete();
}
