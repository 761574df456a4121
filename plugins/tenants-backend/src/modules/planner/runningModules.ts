// SPDX-License-Identifier: Apache-2.0
import type { ModuleCatalogue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { ClusterView } from '../../informers/Lister';
import { moduleOf, releaseOf, type TenancyLabels } from '../../tenancy';

const KINDS = ['deployments', 'statefulsets', 'daemonsets'] as const;

/** The cluster-wide modules whose workloads run in a cluster, with the release where they say one. */
export function runningModules(
  view: ClusterView | undefined,
  { modules }: ModuleCatalogue,
  labels: TenancyLabels,
): ReadonlyMap<string, string | undefined> {
  const wanted = new Set(
    [...modules.values()]
      .filter(({ scope }) => scope === 'cluster')
      .map(({ name }) => name),
  );
  const found = new Map<string, string | undefined>();
  if (!view || wanted.size === 0) return found;
  for (const kind of KINDS) {
    for (const workload of view.listers[kind].list()) {
      const name = moduleOf([workload.labels], labels);
      if (!wanted.has(name)) continue;
      found.set(name, found.get(name) ?? releaseOf([workload.labels], labels));
    }
  }
  return found;
}
