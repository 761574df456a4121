// SPDX-License-Identifier: Apache-2.0
import knexFactory, { type Knex } from 'knex';

const SQLITE = 'sqlite:';

/** PostgreSQL by its connection, or SQLite by `sqlite:` and a file. */
export function openDatabase(connection: string, connections = 10): Knex {
  if (!connection.startsWith(SQLITE)) {
    const pool = { min: 0, max: connections };
    return knexFactory({ client: 'pg', connection, pool });
  }
  const filename = connection.slice(SQLITE.length);
  return knexFactory({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
}
