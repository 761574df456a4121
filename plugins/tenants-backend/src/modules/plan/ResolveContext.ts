// SPDX-License-Identifier: Apache-2.0
import type {
  CatalogueModule,
  CatalogueRelease,
  ModuleCatalogue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';

/** Where modules are resolved for. */
export type ResolveContext = {
  readonly environment: string;
  readonly tier: string;
  /** Entity reference of the tenant’s owner. */
  readonly owner?: string;
  readonly catalogue: ModuleCatalogue;
  readonly cluster: {
    readonly name: string;
    /** Absent while unknown. */
    readonly version?: string;
    /** Cluster-wide modules that run there, with the release where they say it. */
    readonly running: ReadonlyMap<string, string | undefined>;
  };
  /** Versions the environment has now, by module. */
  readonly recorded: Readonly<Record<string, { readonly version: string }>>;
};

/** Something that must be there: asked for by a person, or needed by a release. */
export type Requirement = {
  readonly name: string;
  readonly range: string;
  /** `name version` of what led here, from what was asked for; empty for what was asked for itself. */
  readonly chain: readonly string[];
  /** The module that needs it; absent: asked for. */
  readonly from?: string;
};

/** A release that was chosen, and why. */
export type Choice = {
  readonly module: CatalogueModule;
  readonly release: CatalogueRelease;
  /** As of its requirement. */
  readonly chain: readonly string[];
};

export type Picks = ReadonlyMap<string, Choice>;

/** `postgres 16.4.0` */
export function say({ module, release }: Omit<Choice, 'chain'>): string {
  return `${module.name} ${release.version}`;
}
