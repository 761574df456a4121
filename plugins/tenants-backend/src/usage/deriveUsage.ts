// SPDX-License-Identifier: Apache-2.0
import type {
  Pod,
  PodUse,
  ResourceUse,
  Workload,
  WorkloadUse,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ContainerObject, PodObject } from '../informers/objects';
import type { PodMetrics } from './podMetrics';

/** Pods of one workload that are told one by one. */
const MAX_PODS = 200;

type Resource = 'cpu' | 'memory';
type Amounts = { readonly cpu?: number; readonly memory?: number };

/** What is known of a pod beside its snapshot. */
export type PodFacts = {
  readonly object: PodObject | undefined;
  readonly metrics: PodMetrics | undefined;
};

/** What the pods of a workload use together. Ended pods use nothing and have nothing to measure. */
export function deriveUsage(
  cluster: string,
  workload: Workload,
  factsOf: (pod: Pod) => PodFacts,
): WorkloadUse {
  const pods = workload.pods
    .filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed')
    .map(pod => podUse(pod, factsOf(pod)));
  const measured = pods.filter(pod => pod.measuredAt !== undefined);
  return {
    cluster,
    uid: workload.uid,
    measured: measured.length,
    running: pods.length,
    used: sumOf(measured.map(pod => pod.used)),
    requests: sumOf(pods.map(pod => pod.requests)),
    limits: wholeSumOf(pods.map(pod => pod.limits)),
    pods: pods.slice(0, MAX_PODS),
  };
}

function podUse(pod: Pod, { object, metrics }: PodFacts): PodUse {
  const containers = (object?.containers ?? [])
    .filter(runsOn)
    .map(container => containerUse(container, metrics));
  const isMeasured = containers.some(({ used }) => hasSome(used));
  return {
    uid: pod.uid,
    name: pod.name,
    namespace: pod.namespace,
    ...(isMeasured && metrics ? { measuredAt: atOf(metrics, pod) } : {}),
    used: sumOf(containers.map(({ used }) => used)),
    requests: sumOf(containers.map(({ requests }) => requests)),
    limits: wholeSumOf(containers.map(({ limits }) => limits)),
    containers,
  };
}

/** Of a server that tells no time, the pod’s own is the only one that is surely not later. */
function atOf(metrics: PodMetrics, pod: Pod): string {
  return metrics.at ?? pod.createdAt;
}

/** Init containers are over when a pod runs. */
function runsOn({ role }: ContainerObject): boolean {
  return role === 'main' || role === 'sidecar';
}

function containerUse(
  { name, requests, limits }: ContainerObject,
  metrics: PodMetrics | undefined,
): ResourceUse & { readonly name: string } {
  return {
    name,
    used: compact(metrics?.containers.get(name) ?? {}),
    requests: compact(requests),
    limits: compact(limits),
  };
}

function compact({ cpu, memory }: Amounts): Amounts {
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
  };
}

function hasSome({ cpu, memory }: Amounts): boolean {
  return cpu !== undefined || memory !== undefined;
}

/** Absent where none of the parts has one. */
function sumOf(parts: readonly Amounts[]): Amounts {
  const sum = (resource: Resource) => {
    const known = parts.flatMap(part => part[resource] ?? []);
    return known.length === 0
      ? undefined
      : known.reduce((total, amount) => total + amount, 0);
  };
  return compact({ cpu: sum('cpu'), memory: sum('memory') });
}

/** Absent where one of the parts has none: what has no end for a part has none as a whole. */
function wholeSumOf(parts: readonly Amounts[]): Amounts {
  const whole = (resource: Resource) =>
    parts.every(part => part[resource] !== undefined);
  const { cpu, memory } = sumOf(parts);
  return compact({
    cpu: whole('cpu') ? cpu : undefined,
    memory: whole('memory') ? memory : undefined,
  });
}
