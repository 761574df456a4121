// SPDX-License-Identifier: Apache-2.0
import type {
  Tenant,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ClusterView } from '../informers/Lister';
import type { NamespaceObject } from '../informers/objects';
import type { UnversionedTenant } from './TenantSnapshot';

/** The namespaces of one tenant on one cluster. */
export type TenantPlace = {
  readonly view: ClusterView;
  readonly namespaces: readonly NamespaceObject[];
};

/** A tenant’s content, and when to look again. */
type DerivedState = {
  readonly tenant: UnversionedTenant;
  /** When it changes although nothing in its clusters does, such as a rollout past its deadline; `undefined` when it would not. */
  readonly rederiveAt?: Date;
};

/** What the snapshots need to know about tenancy. All of it is pure. */
export interface TenantDerivation {
  /** The tenant a namespace belongs to; `undefined` when to none. */
  tenantOf(cluster: string, namespace: NamespaceObject): string | undefined;
  /** Why the tenant’s name that a namespace gives cannot be one; `undefined` when it can, or when it gives none. */
  refusalOf?(namespace: NamespaceObject, cluster: string): string | undefined;
  /** Calls back when namespaces may belong to other tenants than they did. Returns the way to stop. */
  onChange?(listener: () => void): () => void;
  /** Everything about one tenant. There is at least one place. */
  derive(name: string, places: readonly TenantPlace[], now: Date): DerivedState;
  /** What a list shows of it. */
  toRow(tenant: Tenant): TenantRow;
}

/** The derivation, which calls back for one reason more. */
export function alsoOnChange(
  derivation: TenantDerivation,
  onChange: (listener: () => void) => () => void,
): TenantDerivation {
  return {
    tenantOf: (cluster, namespace) => derivation.tenantOf(cluster, namespace),
    derive: (name, places, now) => derivation.derive(name, places, now),
    toRow: tenant => derivation.toRow(tenant),
    onChange(listener) {
      const stops = [derivation.onChange?.(listener), onChange(listener)];
      return () => stops.forEach(stop => stop?.());
    },
  };
}
