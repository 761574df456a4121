// SPDX-License-Identifier: Apache-2.0
import type { ResourceUse } from '@tenantry/backstage-plugin-tenants-common';
import type { Measured, RollUpNode } from './rollUp';

type Amounts = ResourceUse['used'];
type Resource = keyof Amounts;

/** What a row of the tree uses now: the sum of the pods under it. */
export type NodeUse = ResourceUse & {
  /** Pods that could be measured; ended ones cannot. */
  readonly pods: number;
  /** Those of them that were not: `used` is of the others only. */
  readonly unmeasured: number;
};

/** Where the tree reads what is in use. */
export type UseSource = {
  /** Whether a cluster has metrics at all. */
  readonly hasMetrics: (cluster: string) => boolean;
  readonly ofPod: (cluster: string, uid: string) => PodReading | undefined;
  readonly ofWorkload: (
    cluster: string,
    uid: string,
  ) => WorkloadReading | undefined;
};

type PodReading = ResourceUse & { readonly measuredAt?: string };
type WorkloadReading = ResourceUse & {
  readonly measured: number;
  readonly running: number;
};

const NOTHING = { used: {}, requests: {}, limits: {} };
const ZERO: Amounts = { cpu: 0, memory: 0 };

function sumOf(parts: readonly Amounts[]): Amounts {
  const sum = (resource: Resource) => {
    const known = parts.flatMap(part => part[resource] ?? []);
    return known.length > 0 ? known.reduce((a, b) => a + b) : undefined;
  };
  return { cpu: sum('cpu'), memory: sum('memory') };
}

/** What has no end in one part has none as a whole. */
function wholeSumOf(parts: readonly Amounts[]): Amounts {
  const { cpu, memory } = sumOf(parts);
  const isWhole = (resource: Resource) =>
    parts.every(part => part[resource] !== undefined);
  return {
    cpu: isWhole('cpu') ? cpu : undefined,
    memory: isWhole('memory') ? memory : undefined,
  };
}

function sumUse(parts: readonly NodeUse[]): NodeUse {
  const withPods = parts.filter(({ pods }) => pods > 0);
  const count = (of: 'pods' | 'unmeasured') =>
    withPods.reduce((sum, part) => sum + part[of], 0);
  const isEmpty = withPods.length === 0;
  return {
    used: isEmpty ? ZERO : sumOf(withPods.map(({ used }) => used)),
    requests: sumOf(withPods.map(({ requests }) => requests)),
    limits: wholeSumOf(withPods.map(({ limits }) => limits)),
    pods: count('pods'),
    unmeasured: count('unmeasured'),
  };
}

function podUse({ cluster, uid, state }: Measured, from: UseSource): NodeUse {
  if (state === 'ended') return sumUse([]);
  const reading = from.ofPod(cluster, uid);
  const { used, requests, limits } = reading ?? NOTHING;
  if (reading?.measuredAt !== undefined) {
    return { used, requests, limits, pods: 1, unmeasured: 0 };
  }
  // What does not run uses nothing: that is known without being measured, wherever the cluster measures.
  const isZero = state === 'idle' && from.hasMetrics(cluster);
  return {
    used: isZero ? ZERO : {},
    requests,
    limits,
    pods: 1,
    unmeasured: isZero ? 0 : 1,
  };
}

/** The server adds up all pods of a workload, also those it does not tell one by one. */
function workloadUse(
  { cluster, uid }: Measured,
  pods: readonly NodeUse[],
  from: UseSource,
): NodeUse {
  const reading = from.ofWorkload(cluster, uid);
  const sum = sumUse(pods);
  if (!reading || reading.measured === 0) return sum;
  const idle = pods.filter(pod => pod.pods > 0 && pod.used === ZERO);
  const { used, requests, limits, measured, running } = reading;
  return {
    used,
    requests,
    limits,
    pods: running,
    unmeasured: Math.max(0, running - measured - idle.length),
  };
}

/** What every row of the tree uses, by its id. Pure. */
export function rollUpUse(
  nodes: readonly RollUpNode[],
  from: UseSource,
): Readonly<Record<string, NodeUse>> {
  const found: Record<string, NodeUse> = {};
  const sumOfNode = ({ measured, kind }: RollUpNode, parts: NodeUse[]) => {
    if (!measured) return sumUse(parts);
    if (kind === 'pod') return podUse(measured, from);
    return workloadUse(measured, parts, from);
  };
  const visit = (node: RollUpNode): NodeUse => {
    const use = sumOfNode(node, node.children.map(visit));
    found[node.id] = use;
    return use;
  };
  nodes.forEach(visit);
  return found;
}
