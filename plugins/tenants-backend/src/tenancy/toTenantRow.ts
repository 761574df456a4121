// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  Tenant,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { compareText } from '../health';
import { OTHER_MODULE } from './moduleOf';

/** Endpoints told of one tenant in a list. */
const MAX_ENDPOINTS = 10;

/** Shortens a tenant to its row in a list. */
export function toTenantRow(tenant: Tenant): TenantRow {
  const { name, version, owner, tier, health, environments } = tenant;
  const cpu = usage(environments, ['requests.cpu', 'cpu']);
  const memory = usage(environments, ['requests.memory', 'memory']);
  const workloads = environments
    .flatMap(environment => environment.modules)
    .flatMap(module => module.workloads);
  return {
    name,
    version,
    ...(owner ? { owner } : {}),
    ...(tier ? { tier } : {}),
    health,
    environments: environments.map(environment => ({
      name: environment.name,
      cluster: environment.cluster,
      namespaces: environment.namespaces,
      code: environment.health.code,
      state: environment.state,
      freshness: environment.freshness,
    })),
    modules: moduleNames(environments),
    pods: countPods(workloads.flatMap(workload => workload.pods)),
    restarts: workloads.reduce((sum, { restarts }) => sum + restarts, 0),
    ...(cpu ? { cpu } : {}),
    ...(memory ? { memory } : {}),
    ...endpointsOf(environments),
  };
}

/** In order of environments and modules; the first of each module come first, so that none is crowded out by another. */
function endpointsOf(
  environments: readonly Environment[],
): Pick<TenantRow, 'endpoints'> {
  const found = environments.flatMap(
    ({ name: environment, cluster, modules }) =>
      modules.flatMap(({ name: module, endpoints = [] }) =>
        endpoints.map(({ url }, rank) => ({
          rank,
          endpoint: { url, module, environment, cluster },
        })),
      ),
  );
  const endpoints = found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_ENDPOINTS)
    .map(({ endpoint }) => endpoint);
  return endpoints.length > 0 ? { endpoints } : {};
}

function moduleNames(environments: readonly Environment[]): string[] {
  const names = environments
    .flatMap(environment => environment.modules)
    .map(module => module.name)
    .filter(name => name !== OTHER_MODULE);
  return [...new Set(names)].sort(compareText);
}

/** A pod that ended is neither ready nor missing. */
function countPods(
  pods: readonly { readonly phase: string; readonly ready: boolean }[],
): TenantRow['pods'] {
  const alive = pods.filter(
    ({ phase }) => phase !== 'Succeeded' && phase !== 'Failed',
  );
  return { ready: alive.filter(pod => pod.ready).length, total: alive.length };
}

/** Sums each environment’s line, by whichever of the names it has; absent when none has one. */
function usage(
  environments: readonly Environment[],
  names: readonly string[],
): TenantRow['cpu'] {
  const lines = environments.flatMap(({ quota }) => {
    const found = names.map(n => quota.find(line => line.resource === n));
    return found.find(line => line !== undefined) ?? [];
  });
  if (lines.length === 0) return undefined;
  const sum = (key: 'used' | 'hard') =>
    Math.round(lines.reduce((total, line) => total + line[key], 0) * 1e9) / 1e9;
  return { used: sum('used'), hard: sum('hard') };
}
