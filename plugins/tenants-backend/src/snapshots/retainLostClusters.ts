// SPDX-License-Identifier: Apache-2.0
import {
  worstHealthCode,
  type PartialData,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { UnversionedTenant } from './TenantSnapshot';

/**
 * Keeps what was last known of a tenant on clusters that cannot be asked, marked stale, beside what is known of the others.
 *
 * @param previous - The last content; `undefined` when the tenant is new.
 * @param derived - What could be derived now; `undefined` when nothing could.
 */
export function retainLostClusters(
  previous: Tenant | undefined,
  derived: UnversionedTenant | undefined,
  lostClusters: ReadonlySet<string>,
): UnversionedTenant | undefined {
  if (lostClusters.size === 0 || !previous) return derived;
  const { version: _, ...last } = previous;
  const lost = previous.environments
    .filter(environment => lostClusters.has(environment.cluster))
    .map(environment => ({ ...environment, freshness: 'stale' as const }));
  if (lost.length === 0) return derived;
  const base = derived ?? { ...last, environments: [], partial: [] };
  const environments = [...base.environments, ...lost];
  return {
    ...base,
    environments,
    health: worseHealth(previous, base, environments),
    partial: [...base.partial, ...lostParts(base.partial, lostClusters)],
  };
}

function worseHealth(
  previous: UnversionedTenant,
  base: UnversionedTenant,
  environments: UnversionedTenant['environments'],
): UnversionedTenant['health'] {
  const worst = worstHealthCode(environments.map(e => e.health.code));
  const source = base.health.code === worst ? base.health : previous.health;
  return { ...source, code: worst };
}

function lostParts(
  known: readonly PartialData[],
  lostClusters: ReadonlySet<string>,
): PartialData[] {
  return [...lostClusters]
    .filter(cluster => !known.some(part => part.cluster === cluster))
    .map(cluster => ({
      cluster,
      reason: 'NotSynced',
      message: `The cluster ${cluster} is not connected; what is shown of it is the last that was known.`,
    }));
}
