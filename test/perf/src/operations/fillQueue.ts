// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';

/** Puts operations of as many tenants into an empty queue: what `enqueue` writes, for many at once. */
export async function fillQueue(knex: Knex, count: number): Promise<void> {
  await knex.raw(
    'TRUNCATE operations, operation_steps, operation_events, operation_tenants',
  );
  await knex.raw(
    `INSERT INTO operation_tenants (tenant, fence) SELECT 't' || n, 0 FROM generate_series(1, ?) n`,
    [count],
  );
  await knex.raw(
    `INSERT INTO operations (id, tenant, type, title, priority, state, ready, request, request_hash, idempotency_key,
       requested_by, environments, attempt, max_attempts, planned, fence, created_at, last_event, event_bytes, dropped, version)
     SELECT 'o' || n, 't' || n, 'restart', 'Restart', 0, 'queued', 1,
       '{"type":"restart","environment":"prod","workload":"Deployment/web"}', 'h', 'k' || n, 'user:default/ann', '|prod|',
       0, 4, 0, 0, 0, 0, 0, 0, 1 FROM generate_series(1, ?) n`,
    [count],
  );
  await knex.raw('VACUUM ANALYZE operations');
  await knex.raw('VACUUM ANALYZE operation_tenants');
}
