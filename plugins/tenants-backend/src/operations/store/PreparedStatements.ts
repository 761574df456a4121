// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { contentVersion } from '../../snapshots/contentVersion';
import type { DatabaseTime } from './DatabaseTime';

/** Texts that get a name; there are a few dozen, and each costs memory on every connection. */
const MOST_NAMES = 200;

/** A pooler between us and the server has given us another connection than the one that knows the name. */
const UNKNOWN_NAME = new Set(['26000', '42P05']);

/**
 * Statements that PostgreSQL keeps parsed and planned, by name, on each connection: what is written for every step would else be
 * planned anew each time, which costs more than running it. Behind a pooler that does not keep names the first one that is
 * refused is the last one that has a name.
 */
export class PreparedStatements {
  private readonly names = new Map<string, string>();
  private isRefused = false;

  constructor(private readonly time: DatabaseTime) {}

  /**
   * Runs a statement and resolves with its rows.
   *
   * @param sql - With `?` for each value; texts must not differ by what could be a value.
   */
  async run<Row>(
    db: Knex,
    sql: string,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    const name = this.nameOf(sql);
    const query = db.raw(sql, values.map(toBinding));
    try {
      const { rows } = await (name ? query.options({ name }) : query);
      return rows;
    } catch (error) {
      if (name && UNKNOWN_NAME.has(codeOf(error))) this.isRefused = true;
      throw error;
    }
  }

  /** The same text has the same name in every process. */
  private nameOf(sql: string): string | undefined {
    if (this.isRefused || !this.time.isOneText) return undefined;
    const known = this.names.get(sql);
    if (known !== undefined || this.names.size >= MOST_NAMES) return known;
    const name = `tenants-${contentVersion(sql)}`;
    this.names.set(sql, name);
    return name;
  }
}

function toBinding(value: unknown): Knex.RawBinding {
  // What knex has compiled is bound already; only its types do not say so.
  return value as Knex.RawBinding;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : '';
}
