// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import type { Freshness } from '@tenantry/backstage-plugin-tenants-common';

/** A tenant as it should stand in the catalogue, and the clusters it was seen on. */
export type WantedTenant = {
  readonly name: string;
  readonly entity: Entity;
  readonly clusters: readonly string[];
};

/** What was last written about a tenant. */
export type WrittenTenant = {
  readonly fingerprint: string;
  readonly clusters: readonly string[];
};

/** What the provider has written since it started. */
export type Written = {
  /** Whether everything was replaced once, so that nothing from before the start is left. */
  readonly isComplete: boolean;
  readonly tenants: ReadonlyMap<string, WrittenTenant>;
};

/** Freshness of every configured cluster by name. */
export type ClusterFreshness = ReadonlyMap<string, Freshness>;

export type Mutation =
  | { readonly type: 'none' }
  | { readonly type: 'full'; readonly wanted: readonly WantedTenant[] }
  | {
      readonly type: 'delta';
      readonly changed: readonly WantedTenant[];
      readonly removed: readonly string[];
    };

/** Equal for equal entities. */
export function fingerprintOf({ entity }: WantedTenant): string {
  return JSON.stringify(entity);
}

function isSynced(clusters: ClusterFreshness, name: string): boolean {
  return clusters.get(name) === 'synced';
}

function findGone(
  wanted: readonly WantedTenant[],
  clusters: ClusterFreshness,
  written: Written,
): string[] {
  const names = new Set(wanted.map(tenant => tenant.name));
  return [...written.tenants]
    .filter(([name]) => !names.has(name))
    .filter(([, last]) => last.clusters.every(c => isSynced(clusters, c)))
    .map(([name]) => name);
}

/** A tenant that lost a cluster which cannot be read now: what is not seen is not known to be gone. */
function isHalfSeen(
  tenant: WantedTenant,
  clusters: ClusterFreshness,
  last: WrittenTenant | undefined,
): boolean {
  return (last?.clusters ?? []).some(
    name => !tenant.clusters.includes(name) && !isSynced(clusters, name),
  );
}

function findChanged(
  wanted: readonly WantedTenant[],
  clusters: ClusterFreshness,
  written: Written,
): WantedTenant[] {
  return wanted.filter(tenant => {
    const last = written.tenants.get(tenant.name);
    return (
      last?.fingerprint !== fingerprintOf(tenant) &&
      !isHalfSeen(tenant, clusters, last)
    );
  });
}

/**
 * Decides what to write to the catalogue.
 *
 * - Everything is replaced once, when every configured cluster is synced; with no cluster known, never.
 * - Otherwise only differences are written, and a tenant is removed only when every cluster it was seen on is
 *   synced and no longer has it: a cluster that cannot be reached removes nothing.
 * - Nothing is written when nothing differs.
 */
export function planMutation(
  wanted: readonly WantedTenant[],
  clusters: ClusterFreshness,
  written: Written,
): Mutation {
  const everySynced =
    clusters.size > 0 && [...clusters.values()].every(f => f === 'synced');
  if (everySynced && !written.isComplete) return { type: 'full', wanted };

  const changed = findChanged(wanted, clusters, written);
  const removed = findGone(wanted, clusters, written);
  if (changed.length === 0 && removed.length === 0) return { type: 'none' };
  return { type: 'delta', changed, removed };
}
