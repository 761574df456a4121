// SPDX-License-Identifier: Apache-2.0
import type { Tier } from '@tenantry/backstage-plugin-tenants-common';
import type {
  CatalogueModule,
  CatalogueRelease,
  ModuleCatalogue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';

/** A release; what is not given is empty. */
export function release(
  version: string,
  more: Partial<CatalogueRelease> = {},
): CatalogueRelease {
  return {
    version,
    hash: `hash-of-${version}`,
    delivery: 'manifests',
    dependencies: [],
    recommends: [],
    conflicts: [],
    provides: [],
    tierParameters: {},
    secrets: [],
    endpoints: [],
    content: { kind: 'manifests', templates: [] },
    ...more,
  };
}

/** A module of tenants with these releases. */
export function moduleOf(
  name: string,
  releases: readonly CatalogueRelease[],
  more: Partial<CatalogueModule> = {},
): CatalogueModule {
  return {
    name,
    displayName: name,
    scope: 'tenant',
    lifecycle: 'production',
    links: [],
    releases,
    ...more,
  };
}

/** A tier with a quota. */
export function tier(
  name: string,
  quota: Tier['quota'] = {},
  more: Partial<Tier> = {},
): Tier {
  return { name, displayName: name, quota, ...more };
}

/** A catalogue of these modules and tiers. */
export function catalogue(
  modules: readonly CatalogueModule[],
  tiers: readonly Tier[] = [tier('standard')],
): ModuleCatalogue {
  return {
    version: 'catalogue-1',
    categories: new Map(),
    tiers: new Map(tiers.map(one => [one.name, one])),
    modules: new Map(modules.map(one => [one.name, one])),
  };
}
