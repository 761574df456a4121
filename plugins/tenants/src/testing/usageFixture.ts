// SPDX-License-Identifier: Apache-2.0
import type {
  PartialData,
  Pod,
  PodUse,
  Tenant,
  TenantUsage,
  Workload,
  WorkloadUse,
} from '@tenantry/backstage-plugin-tenants-common';

const MIB = 1024 ** 2;
const REQUESTS = { cpu: 0.5, memory: 512 * MIB };
const LIMITS = { cpu: 1, memory: 1024 * MIB };

function podUse({ uid, name, namespace, containers }: Pod, at: number): PodUse {
  // Whoever is about to be killed is near its limit.
  const isFull = name === 'airflow-worker-1';
  const used = {
    cpu: 0.2 + at * 0.1,
    memory: isFull ? 1000 * MIB : (300 + at * 40) * MIB,
  };
  const use = { used, requests: REQUESTS, limits: LIMITS };
  return {
    uid,
    name,
    namespace,
    measuredAt: '2026-11-21T14:32:00.000Z',
    ...use,
    containers: containers.slice(0, 1).map(({ name: of }) => ({
      name: of,
      ...use,
    })),
  };
}

function workloadUse(cluster: string, { uid, pods }: Workload): WorkloadUse {
  const uses = pods.map(podUse);
  const sum = (of: (use: PodUse) => number | undefined) =>
    uses.reduce((total, use) => total + (of(use) ?? 0), 0);
  const count = uses.length;
  return {
    cluster,
    uid,
    measured: count,
    running: count,
    used: {
      cpu: sum(use => use.used.cpu),
      memory: sum(use => use.used.memory),
    },
    requests: { cpu: count * REQUESTS.cpu, memory: count * REQUESTS.memory },
    limits: { cpu: count * LIMITS.cpu, memory: count * LIMITS.memory },
    pods: uses,
  };
}

/** Why `eu-north` tells no metrics. */
export function noMetricsFixture(): PartialData {
  return {
    cluster: 'eu-north',
    kind: 'PodMetrics',
    reason: 'NotServed',
    message:
      'metrics-server is not installed on cluster eu-north: nothing serves metrics.k8s.io there. Install it.',
  };
}

/** What a tenant’s workloads use; `eu-north` has no metrics server. */
export function usageFixture(tenant: Tenant): TenantUsage {
  return {
    workloads: tenant.environments
      .filter(({ cluster }) => cluster !== 'eu-north')
      .flatMap(({ cluster, modules }) =>
        modules.flatMap(({ workloads }) =>
          workloads.map(workload => workloadUse(cluster, workload)),
        ),
      ),
    partial: tenant.environments.some(({ cluster }) => cluster === 'eu-north')
      ? [noMetricsFixture()]
      : [],
  };
}
