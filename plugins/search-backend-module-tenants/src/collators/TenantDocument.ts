// SPDX-License-Identifier: Apache-2.0
import type { IndexableDocument } from '@backstage/plugin-search-common';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';

/** Type of the documents about tenants. */
export const TENANTS_TYPE = 'tenants';

/** A tenant as the search finds it, with what changes often beside it. */
export interface TenantDocument extends IndexableDocument {
  readonly owner: string;
  readonly tier: string;
  readonly health: string;
  readonly reason: string;
  readonly environments: readonly string[];
  readonly clusters: readonly string[];
  readonly modules: readonly string[];
}

/** Each tenant is a document that only those find who may read the tenant. */
export function toTenantDocument(row: TenantRow): TenantDocument {
  const environments = distinct(row.environments.map(({ name }) => name));
  const clusters = distinct(row.environments.map(({ cluster }) => cluster));
  const modules = distinct(row.modules);
  const { code, reason, message } = row.health;
  const owner = row.owner ?? '';
  const tier = row.tier ?? '';
  return {
    title: row.name,
    text: [
      `${code}${message ? `: ${message}` : ''}`,
      owner,
      tier,
      ...environments,
      ...clusters,
      ...modules,
    ]
      .filter(word => word !== '')
      .join(' · '),
    location: `/tenants/t/${encodeURIComponent(row.name)}`,
    owner,
    tier,
    health: code,
    reason,
    environments,
    clusters,
    modules,
    authorization: { resourceRef: row.name },
  };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
