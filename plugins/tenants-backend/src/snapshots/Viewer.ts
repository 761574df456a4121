// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import type {
  TenantFacts,
  TenantPredicate,
} from '@tenantry/backstage-plugin-tenants-node';

/** Who looks, as far as it decides what is seen. */
export type Viewer = {
  /** Equal for viewers who see the same tenants. */
  readonly id: string;
  readonly allows: TenantPredicate;
  /** Whether clusters are shown that none of the viewer’s tenants uses. */
  readonly seesAllClusters?: boolean;
};

/** Stands for the clusters that a viewer is not told the names of. */
const OTHER_CLUSTERS = 'Another cluster';

/** The clusters that the viewer’s tenants use; `undefined` for one who sees all clusters. */
export function clustersSeenBy(
  { allows, seesAllClusters }: Viewer,
  tenants: Iterable<{ readonly facts: TenantFacts }>,
): ReadonlySet<string> | undefined {
  if (seesAllClusters) return undefined;
  const seen = new Set<string>();
  for (const { facts } of tenants) {
    if (allows(facts)) facts.clusters.forEach(cluster => seen.add(cluster));
  }
  return seen;
}

/**
 * What is missing in the clusters that a viewer sees. Of the others it is only told, without a name, that some were never read:
 * the viewer may have tenants there that nobody knows of.
 */
export function partialSeenBy(
  seen: ReadonlySet<string> | undefined,
  partial: readonly PartialData[],
): readonly PartialData[] {
  if (!seen) return partial;
  const own = partial.filter(({ cluster }) => seen.has(cluster));
  const hidesTenants = partial.some(
    part => !seen.has(part.cluster) && hasNoNamespaces(part),
  );
  if (!hidesTenants) return own;
  const unread: PartialData = {
    cluster: OTHER_CLUSTERS,
    reason: 'NotSynced',
    message:
      'Some clusters of the portal have not been read yet, so tenants may be missing here. The platform team sees which.',
  };
  return [...own, unread];
}

function hasNoNamespaces({ kind, observedAt }: PartialData): boolean {
  const isAbout = kind === undefined || kind === 'Namespace';
  return isAbout && observedAt === undefined;
}
