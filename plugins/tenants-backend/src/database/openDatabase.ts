// SPDX-License-Identifier: Apache-2.0
import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** The plugin’s database with its tables as this version needs them. @throws when it cannot be reached or brought up to date */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@tenantry/backstage-plugin-tenants-backend',
        'migrations',
      ),
    });
  }
  return knex;
}
