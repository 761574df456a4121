// SPDX-License-Identifier: Apache-2.0
import type {
  CatalogueModule,
  CatalogueRelease,
  JsonObject,
} from '@tenantry/backstage-plugin-tenants-node/definitions';

/** A module with the release chosen for an environment: what resolution yields and rendering takes. */
export type PlannedModule = {
  readonly definition: CatalogueModule;
  readonly release: CatalogueRelease;
  /** Complete: defaults of the schema, then the tier’s, then what was asked for. Valid against the release’s schema. */
  readonly parameters: JsonObject;
  /** Modules of the same environment that need it; empty when only asked for. */
  readonly requiredBy: readonly string[];
  /** Modules of the same environment it needs. */
  readonly needs: readonly string[];
  /** From 0: everything it needs is in a lower wave. */
  readonly wave: number;
};
