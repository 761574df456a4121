// SPDX-License-Identifier: Apache-2.0
import type {
  Tenant,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantFacts } from '@tenantry/backstage-plugin-tenants-node';
import { contentVersion } from './contentVersion';
import { SnapshotBody } from './SnapshotBody';
import { timelessPartial } from './timelessPartial';

/** A tenant before its version is known. */
export type UnversionedTenant = Omit<Tenant, 'version'>;

/** One tenant at one version, with everything that is served of it. Immutable. */
export type TenantSnapshot = {
  readonly tenant: Tenant;
  readonly version: string;
  readonly row: TenantRow;
  /** What permissions are decided by. */
  readonly facts: TenantFacts;
  /** Name, owner, modules and reason in lower case, for text search. */
  readonly searchText: string;
  readonly body: SnapshotBody;
  /** The row’s JSON, made on first use. */
  readonly rowJson: () => string;
};

/** Gives a derived tenant its version and what is served of it. */
export function createTenantSnapshot(
  derived: UnversionedTenant,
  toRow: (tenant: Tenant) => TenantRow,
): TenantSnapshot {
  const version = contentVersion({
    ...derived,
    partial: timelessPartial(derived.partial),
  });
  const tenant: Tenant = { ...derived, version };
  const row = toRow(tenant);
  let rowJson: string | undefined;
  return {
    tenant,
    version,
    row,
    facts: toTenantFacts(tenant),
    searchText: [row.name, row.owner, ...row.modules, row.health.reason]
      .join('\n')
      .toLocaleLowerCase('en-US'),
    body: new SnapshotBody(`"${version}"`, () => JSON.stringify(tenant)),
    rowJson: () => (rowJson ??= JSON.stringify(row)),
  };
}

/** Picks what a policy may decide by. */
function toTenantFacts(tenant: UnversionedTenant): TenantFacts {
  return {
    name: tenant.name,
    owner: tenant.owner,
    members: tenant.members,
    tier: tenant.tier,
    clusters: clustersOf(tenant),
    labels: tenant.labels,
  };
}

/** The clusters a tenant lives on, sorted, each once. */
function clustersOf(tenant: UnversionedTenant): string[] {
  return [...new Set(tenant.environments.map(e => e.cluster))].sort();
}
