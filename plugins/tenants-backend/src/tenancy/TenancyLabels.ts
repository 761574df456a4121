// SPDX-License-Identifier: Apache-2.0
import type { TenantClaim } from '@tenantry/backstage-plugin-tenants-node';
import type { NamespaceObject } from '../informers/objects';

/** Which labels and annotations say what belongs to whom. Of several keys the first one present counts. */
export type TenancyLabels = {
  /** On a namespace: the tenant’s name. */
  readonly tenant: readonly string[];
  /** Label and value on a namespace that names no tenant and is one itself, under its own name. */
  readonly namespaceIsTenant?: {
    readonly label: string;
    readonly value: string;
  };
  readonly environment: readonly string[];
  readonly defaultEnvironment: string;
  readonly tier: readonly string[];
  /** Annotation on a namespace: entity reference of the owner. */
  readonly owner: readonly string[];
  /** Label on a namespace we created, and its value. */
  readonly managedBy: { readonly label: string; readonly value: string };
  /** On a workload: the module it belongs to. */
  readonly module: readonly string[];
  /** On a workload: the release of its module. */
  readonly release: readonly string[];
  /** Asked about a namespace whose labels name no tenant. What a claim leaves out is read from the labels. */
  readonly claimOf?: (namespace: NamespaceObject) => TenantClaim | undefined;
};
