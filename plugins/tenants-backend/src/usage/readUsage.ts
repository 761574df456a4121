// SPDX-License-Identifier: Apache-2.0
import type {
  PartialData,
  Pod,
  Tenant,
  TenantUsage,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ClusterView } from '../informers/Lister';
import { deriveUsage, type PodFacts } from './deriveUsage';
import type { MetricsReader, NamespaceMetrics } from './MetricsReader';

/** Namespaces of one environment that are asked at once. */
const AT_ONCE = 8;

type Environment = Tenant['environments'][number];

type UsageParts = {
  readonly metrics: Pick<MetricsReader, 'read'>;
  /** `undefined` when the cluster is not watched. */
  readonly viewOf: (cluster: string) => ClusterView | undefined;
};

/** What a tenant’s workloads use: metrics of its namespaces against the requests and limits of the pods we watch. */
export async function readUsage(
  tenant: Pick<Tenant, 'environments'>,
  parts: UsageParts,
): Promise<TenantUsage> {
  const read = await Promise.all(
    tenant.environments.map(environment => readEnvironment(environment, parts)),
  );
  return {
    workloads: read.flatMap(({ workloads }) => workloads),
    partial: onePerCluster(read.flatMap(({ missing }) => missing)),
  };
}

async function readEnvironment(environment: Environment, parts: UsageParts) {
  const { cluster, namespaces } = environment;
  const metrics = new Map<string, NamespaceMetrics>();
  for (let at = 0; at < namespaces.length; at += AT_ONCE) {
    const some = namespaces.slice(at, at + AT_ONCE);
    const read = await Promise.all(
      some.map(name => parts.metrics.read(cluster, name)),
    );
    read.forEach((of, index) => metrics.set(some[index], of));
  }
  const pods = parts.viewOf(cluster)?.listers.pods;
  const factsOf = ({ namespace, name }: Pod): PodFacts => {
    const of = metrics.get(namespace);
    return {
      object: pods?.get(namespace, name),
      metrics: of && 'pods' in of ? of.pods.get(name) : undefined,
    };
  };
  return {
    workloads: environment.modules.flatMap(module =>
      module.workloads.map(workload => deriveUsage(cluster, workload, factsOf)),
    ),
    missing: [...metrics.values()].flatMap(of =>
      'missing' in of ? of.missing : [],
    ),
  };
}

/** Why there are none is the same for every namespace of a cluster. */
function onePerCluster(missing: readonly PartialData[]): PartialData[] {
  return [...new Map(missing.map(part => [part.cluster, part])).values()];
}
