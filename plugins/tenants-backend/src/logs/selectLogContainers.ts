// SPDX-License-Identifier: Apache-2.0
import type {
  Container,
  LogQuery,
  LogSource,
  Pod,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';

/** One container of a tenant whose log can be read. */
export type LogContainer = Omit<LogSource, 'id'> & {
  /** The same for one container of one pod, however often it restarts. */
  readonly key: string;
  readonly restarts: number;
  readonly running: boolean;
  /** Whether its pod may still run containers. */
  readonly alive: boolean;
};

type Wanted = Pick<
  LogQuery,
  'environment' | 'module' | 'workload' | 'pod' | 'container' | 'previous'
>;

/**
 * Picks the containers a query names among those of one tenant, oldest environment first as the tenant lists them. What the query
 * leaves out matches everything, save init and ephemeral containers, which must be named.
 */
export function selectLogContainers(
  tenant: Pick<Tenant, 'environments'>,
  wanted: Wanted,
): LogContainer[] {
  const selected: LogContainer[] = [];
  for (const environment of tenant.environments) {
    if (!matches(wanted.environment, environment.name)) continue;
    for (const module of environment.modules) {
      if (!matches(wanted.module, module.name)) continue;
      const { cluster, name } = environment;
      const place = { cluster, environment: name, module: module.name };
      const pods = module.workloads
        .filter(workload => matches(wanted.workload, workload.name))
        .flatMap(workload => workload.pods);
      selected.push(...pods.flatMap(pod => ofPod(place, pod, wanted)));
    }
  }
  return selected;
}

type Place = Pick<LogSource, 'cluster' | 'environment' | 'module'>;

function ofPod(place: Place, pod: Pod, wanted: Wanted): LogContainer[] {
  if (!matches(wanted.pod, pod.name)) return [];
  return pod.containers
    .filter(container => isWanted(container, wanted))
    .map(container => ({
      ...place,
      namespace: pod.namespace,
      pod: pod.name,
      container: container.name,
      key: [place.cluster, pod.namespace, pod.uid, container.name].join('/'),
      restarts: container.restarts,
      running: container.state === 'running',
      alive: pod.phase !== 'Succeeded' && pod.phase !== 'Failed',
    }));
}

function isWanted(container: Container, wanted: Wanted): boolean {
  if (!matches(wanted.container, container.name)) return false;
  if (wanted.previous) return container.lastExit !== undefined;
  // One that has never run has no log, and asking for it is an error.
  if (container.state === 'waiting' && container.restarts === 0) return false;
  const usual = container.role === 'main' || container.role === 'sidecar';
  return usual || wanted.container !== undefined;
}

function matches(wanted: string | undefined, actual: string): boolean {
  return wanted === undefined || wanted === actual;
}
