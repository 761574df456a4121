// SPDX-License-Identifier: Apache-2.0
import { environmentSpecSchema } from '@tenantry/backstage-plugin-tenants-common';
import { applySetIdOf } from '../applySet';
import type { EnvironmentRecord } from '../EnvironmentRecord';

/** A record of the environment `dev` of the tenant `shop` on the cluster `eu`, with changes. */
export function recordOf(
  change: Partial<EnvironmentRecord> = {},
): EnvironmentRecord {
  const { tenant = 'shop', environment = 'dev', cluster = 'eu' } = change;
  return {
    tenant,
    environment,
    cluster,
    namespaces: [`${tenant}-${environment}`],
    state: 'active',
    spec: environmentSpecSchema.parse({
      name: environment,
      cluster,
      tier: 'bronze',
    }),
    revision: 1,
    releases: { web: { version: '1.0.0', hash: 'h1' } },
    definitions: 'd1',
    fence: 0,
    applySetId: applySetIdOf({ tenant, environment }, 'tenantry-system'),
    ...change,
  };
}
