// SPDX-License-Identifier: Apache-2.0
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { clockTime } from '../store/DatabaseTime';
import { DatabaseOperationStore } from '../store/DatabaseOperationStore';
import type { NewOperation } from '../store/OperationQueue';
import { FakeClock } from '../../time/testing/FakeClock';

/** Where the plugin’s migrations are. */
export const migrations = resolvePackagePath(
  '@tenantry/backstage-plugin-tenants-backend',
  'migrations',
);

/** A store on an empty database whose time is a clock’s. */
export async function openOperationStore(
  knex: Knex,
  { concurrency }: { readonly concurrency?: number } = {},
) {
  await knex.migrate.latest({ directory: migrations });
  const clock = new FakeClock();
  const store = new DatabaseOperationStore({
    knex,
    time: clockTime(clock),
    pause: async () => {},
    concurrency,
  });
  return { knex, clock, store };
}

let keys = 0;

/** A restart that somebody asked for, with what is given in place of the defaults. */
export function newOperation(change: Partial<NewOperation> = {}): NewOperation {
  keys += 1;
  return {
    tenant: 'shop',
    type: 'restart',
    title: 'Restart web',
    request: {
      type: 'restart',
      environment: 'prod',
      workload: 'Deployment/web',
    },
    environments: ['prod'],
    requestedBy: 'user:default/ann',
    ownership: ['user:default/ann'],
    priority: 'interactive',
    idempotencyKey: `key-${keys}`,
    ...change,
  };
}
