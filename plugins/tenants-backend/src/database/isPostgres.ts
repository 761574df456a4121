// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';

/** Whether a database is PostgreSQL; else it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}
