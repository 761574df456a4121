// SPDX-License-Identifier: Apache-2.0
import {
  LOG_LIMITS,
  type Container,
  type LogExit,
  type LogQuery,
  type LogSource,
  type Pod,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { sourceKeyOf } from './LogPlace';

/** One container of a tenant whose log can be read. */
export type LogContainer = Omit<
  LogSource,
  'id' | 'key' | 'role' | 'joined' | 'resumed'
> & {
  /** The same for one container of one pod, however often it restarts, in every process. */
  readonly key: string;
  readonly role: Container['role'];
  readonly restarts: number;
  readonly running: boolean;
  /** How the run ended whose log is read; absent while it is not known to have ended. */
  readonly exit?: LogExit;
  /** How the run before that one ended; absent when there was none. */
  readonly lastExit?: Container['lastExit'];
  /** Whether its pod may still run containers. */
  readonly alive: boolean;
};

type Wanted = Pick<
  LogQuery,
  | 'environment'
  | 'module'
  | 'workload'
  | 'pod'
  | 'container'
  | 'containers'
  | 'previous'
>;

/**
 * Picks the containers a query names among those of one tenant, oldest environment first as the tenant lists them. What the query
 * leaves out matches everything, save init and ephemeral containers, which must be named or asked for.
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
      role: container.role,
      key: sourceKeyOf(place.cluster, pod.namespace, pod.uid, container.name),
      restarts: container.restarts,
      running: container.state === 'running',
      exit: exitOf(container, wanted),
      lastExit: exitBefore(container, wanted),
      alive: pod.phase !== 'Succeeded' && pod.phase !== 'Failed',
    }));
}

function isWanted(container: Container, wanted: Wanted): boolean {
  if (!matches(wanted.container, container.name)) return false;
  if (wanted.previous) return container.lastExit !== undefined;
  // One that has never run has no log, and asking for it is an error.
  const hasRun = container.restarts > 0 || container.lastExit !== undefined;
  if (container.state === 'waiting' && !hasRun) return false;
  const usual = container.role === 'main' || container.role === 'sidecar';
  const isNamed = wanted.container !== undefined || wanted.containers === 'all';
  return usual || isNamed;
}

/** What is read of one that waits to be started again is the run that ended last, and so is what `previous` reads. */
function exitOf(
  { state, lastExit, reason = '', exitCode }: Container,
  { previous }: Wanted,
): LogExit | undefined {
  if (previous || state === 'waiting') {
    return lastExit && { reason: lastExit.reason, code: lastExit.code };
  }
  return exitCode === undefined ? undefined : { reason, code: exitCode };
}

/** Of what has been started again, or has ended once more. */
function exitBefore(
  { state, lastExit }: Container,
  { previous }: Wanted,
): Container['lastExit'] {
  return previous || state === 'waiting' ? undefined : lastExit;
}

function matches(wanted: string | undefined, actual: string): boolean {
  return wanted === undefined || wanted === actual;
}

/** Containers that are read together, and the pods for which there is no room. */
export type LimitedContainers = {
  readonly containers: readonly LogContainer[];
  readonly leftOut: readonly string[];
};

/** As many whole pods as are merged into one answer, in the tenant’s order. */
export function limitContainers(
  all: readonly LogContainer[],
): LimitedContainers {
  const containers: LogContainer[] = [];
  const leftOut: string[] = [];
  let pods = 0;
  for (const group of byPod(all)) {
    const hasRoom =
      pods < LOG_LIMITS.pods &&
      containers.length + group.length <= LOG_LIMITS.sources;
    if (hasRoom) {
      pods += 1;
      containers.push(...group);
    } else {
      leftOut.push(group[0].pod);
    }
  }
  return { containers, leftOut };
}

function byPod(all: readonly LogContainer[]): Iterable<LogContainer[]> {
  const pods = new Map<string, LogContainer[]>();
  for (const container of all) {
    const { cluster, namespace, pod } = container;
    const name = [cluster, namespace, pod].join('/');
    const known = pods.get(name);
    if (known) known.push(container);
    else pods.set(name, [container]);
  }
  return pods.values();
}
