// SPDX-License-Identifier: Apache-2.0
import type {
  ClusterStatus,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';

/** How many pods of a cluster are known, the last known ones of a stale one; `undefined` where they may not be read or never were. Pure. */
export function podsOf({ kinds }: ClusterStatus): number | undefined {
  const pods = kinds.find(({ kind }) => kind === 'Pod');
  if (!pods || pods.state === 'forbidden' || pods.state === 'notServed') {
    return undefined;
  }
  // Nothing was read yet: that is no zero.
  return pods.state === 'synced' || pods.objects > 0 ? pods.objects : undefined;
}

/** How many tenants have an environment on each cluster, by the name of the cluster. Pure. */
export function tenantsByCluster(
  rows: readonly TenantRow[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { environments } of rows) {
    for (const cluster of new Set(environments.map(e => e.cluster))) {
      counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
    }
  }
  return counts;
}
