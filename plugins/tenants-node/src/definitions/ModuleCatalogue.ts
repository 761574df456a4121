// SPDX-License-Identifier: Apache-2.0
import type {
  Category,
  ModuleDefinition,
  Release,
  Tier,
} from '@tenantry/backstage-plugin-tenants-common';

/** JSON as it stands in a definition; frozen. @public */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | JsonObject;

/** An object of JSON as it stands in a definition; frozen. @public */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Where something stands in the definitions, for messages. @public */
export type SourcePosition = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
};

/** One Kubernetes object of a release, before values are put in. @public */
export type ManifestTemplate = {
  /** CEL; the object is left out when it is false. */
  readonly when?: string;
  readonly object: JsonObject;
  readonly at: SourcePosition;
};

/** A Helm chart that a GitOps controller installs. @public */
export type ChartRef = {
  /** Address of the repository (`https` or `oci`); absent: resolved through `tenants.charts`. */
  readonly repo?: string;
  readonly name: string;
  /** Absent: what the source holds. */
  readonly version?: string;
};

/** What a release puts into an environment. @public */
export type ReleaseContent =
  | {
      readonly kind: 'manifests';
      readonly templates: readonly ManifestTemplate[];
    }
  | {
      readonly kind: 'chart';
      readonly chart: ChartRef;
      /** Values with substitutions, before they are put in. */
      readonly values: JsonObject;
    }
  | { readonly kind: 'none' };

/** A release with what it delivers. `delivery` of the wire follows from `content.kind`. @public */
export type CatalogueRelease = Release & { readonly content: ReleaseContent };

/** A module definition whose releases hold what they deliver; the definition that callers are sent leaves that out. @public */
export type CatalogueModule = Omit<ModuleDefinition, 'releases'> & {
  /** Highest first. */
  readonly releases: readonly CatalogueRelease[];
};

/** Everything that may run: the definitions of all sources, checked and merged. Frozen; a reload makes a new one. @public */
export type ModuleCatalogue = {
  /** Content hash: equal content has equal versions on every replica. */
  readonly version: string;
  readonly categories: ReadonlyMap<string, Category>;
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly modules: ReadonlyMap<string, CatalogueModule>;
};
