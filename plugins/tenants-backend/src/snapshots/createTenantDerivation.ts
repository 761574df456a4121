// SPDX-License-Identifier: Apache-2.0
import {
  deriveTenantState,
  tenantOfNamespace,
  toTenantRow,
  type ClusterTrust,
  type TenancyLabels,
} from '../tenancy';
import type { TenantDerivation } from './TenantDerivation';

export type TenantDerivationOptions = {
  readonly labels: TenancyLabels;
  readonly trustOf: (cluster: string) => ClusterTrust;
};

/** Tenancy by labels, with each cluster trusted as configured. */
export function createTenantDerivation({
  labels,
  trustOf,
}: TenantDerivationOptions): TenantDerivation {
  return {
    tenantOf: (_cluster, namespace) =>
      tenantOfNamespace(namespace, labels)?.tenant,
    derive: (name, places, now) =>
      deriveTenantState(
        {
          name,
          labels,
          clusters: places.map(({ view, namespaces }) => ({
            view,
            namespaces,
            trust: trustOf(view.name),
          })),
        },
        now,
      ),
    toRow: toTenantRow,
  };
}
