// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { isPostgres } from '../../database/isPostgres';

/** The time that leases are measured by: one for all replicas. */
export interface DatabaseTime {
  /** SQL for the milliseconds since the epoch, now. It has no bindings. */
  now(): string;
  /** Whether that is the same text every time. */
  readonly isOneText?: boolean;
}

/** The database’s own clock, so that replicas whose clocks differ agree on when a lease ends. */
export function databaseTime(knex: Knex): DatabaseTime {
  const sql = isPostgres(knex)
    ? '(extract(epoch from clock_timestamp()) * 1000)::bigint'
    : "cast(unixepoch('subsec') * 1000 as integer)";
  return { now: () => sql, isOneText: true };
}

/** A clock of this process in place of the database’s, for tests that move time. */
export function clockTime(clock: { now(): number }): DatabaseTime {
  return { now: () => `cast(${Math.trunc(clock.now())} as bigint)` };
}
