// SPDX-License-Identifier: Apache-2.0
import {
  parseQuantity,
  resourceUnit,
  type QuotaLine,
} from '@tenantry/backstage-plugin-tenants-common';
import { compareText } from '../health';
import type { Listers } from '../informers/Lister';
import type {
  PersistentVolumeClaimObject,
  PodObject,
  ResourceAmounts,
} from '../informers/objects';
import type { OwnedPods } from './collectPods';
import { podRequests } from './podRequests';

type Usage = {
  readonly used: number;
  readonly hard: number;
  /** It counts only some pods, so nothing can be said of who uses it. */
  readonly scoped: boolean;
};
type Consumer = QuotaLine['consumers'][number];

const COMPUTE: Readonly<
  Record<string, readonly ['requests' | 'limits', keyof ResourceAmounts]>
> = {
  cpu: ['requests', 'cpu'],
  'requests.cpu': ['requests', 'cpu'],
  'limits.cpu': ['limits', 'cpu'],
  memory: ['requests', 'memory'],
  'requests.memory': ['requests', 'memory'],
  'limits.memory': ['limits', 'memory'],
  'ephemeral-storage': ['requests', 'ephemeralStorage'],
  'requests.ephemeral-storage': ['requests', 'ephemeralStorage'],
  'limits.ephemeral-storage': ['limits', 'ephemeralStorage'],
};

/** The quota of an environment: each namespace’s tightest limit per resource, summed over its namespaces, with the workloads that use it. By resource. */
export function deriveQuota(
  listers: Listers,
  namespaces: readonly string[],
  owned: OwnedPods,
): QuotaLine[] {
  const totals = new Map<string, Usage>();
  for (const namespace of namespaces) {
    for (const [resource, own] of tightest(listers, namespace)) {
      totals.set(resource, add(own, totals.get(resource)));
    }
  }
  return [...totals]
    .sort(([a], [b]) => compareText(a, b))
    .map(([resource, { used, hard, scoped }]) => ({
      resource,
      unit: resourceUnit(resource),
      used: tidy(used),
      hard: tidy(hard),
      ...percentOf(used, hard),
      consumers: scoped
        ? []
        : consumersOf(resource, { listers, namespaces, owned }),
    }));
}

/** Of nothing there is no share. */
function percentOf(used: number, hard: number): Pick<QuotaLine, 'percent'> {
  return hard > 0 ? { percent: Math.round((used / hard) * 1_000) / 10 } : {};
}

function add(own: Usage, sum: Usage | undefined): Usage {
  if (!sum) return own;
  return {
    used: sum.used + own.used,
    hard: sum.hard + own.hard,
    scoped: sum.scoped || own.scoped,
  };
}

/** Several quotas of one namespace all hold; of those for all pods the one with the least left decides, and only without one a scoped one. */
function tightest(
  listers: Listers,
  namespace: string,
): ReadonlyMap<string, Usage> {
  const found = new Map<string, Usage>();
  for (const quota of listers.resourcequotas.byNamespace(namespace)) {
    for (const [resource, text] of Object.entries(quota.hard)) {
      const hard = parseQuantity(text);
      const used = parseQuantity(quota.used[resource] ?? '');
      if (hard === undefined || used === undefined) continue;
      const usage = { used, hard, scoped: quota.scoped === true };
      const other = found.get(resource);
      if (!other || isTighter(usage, other)) found.set(resource, usage);
    }
  }
  return found;
}

function isTighter(a: Usage, b: Usage): boolean {
  if (a.scoped !== b.scoped) return b.scoped;
  const left = a.hard - a.used - (b.hard - b.used);
  return left < 0 || (left === 0 && a.hard < b.hard);
}

function consumersOf(
  resource: string,
  where: { listers: Listers; namespaces: readonly string[]; owned: OwnedPods },
): Consumer[] {
  const { listers, namespaces, owned } = where;
  const compute = Object.hasOwn(COMPUTE, resource)
    ? COMPUTE[resource]
    : undefined;
  if (compute) {
    const [side, amount] = compute;
    return byOwner(owned, pod => podRequests(pod, side, amount));
  }
  if (resource === 'pods') return byOwner(owned, countsAsPod);
  const claims = namespaces.flatMap(namespace =>
    listers.persistentvolumeclaims.byNamespace(namespace),
  );
  return consumersOfStorage(resource, claims);
}

/** Quotas on claims: of all storage classes, or of the one before the slash. */
const STORAGE =
  /^(?:(.+)\.storageclass\.storage\.k8s\.io\/)?(requests\.storage|persistentvolumeclaims)$/;

function consumersOfStorage(
  resource: string,
  claims: readonly PersistentVolumeClaimObject[],
): Consumer[] {
  const match = STORAGE.exec(resource);
  if (!match) return [];
  const [, storageClass, what] = match;
  const own = claims.filter(
    claim => storageClass === undefined || claim.storageClass === storageClass,
  );
  return largestFirst(
    own.map(({ name, requested }) => ({
      workload: `PersistentVolumeClaim/${name}`,
      used: what === 'requests.storage' ? requested ?? 0 : 1,
    })),
  );
}

function countsAsPod({ phase }: PodObject): number {
  return phase === 'Succeeded' || phase === 'Failed' ? 0 : 1;
}

function byOwner(
  { owners, podsByOwner }: OwnedPods,
  amount: (pod: PodObject) => number,
): Consumer[] {
  const consumers = [...owners.values()].map(({ kind, name, uid }) => ({
    workload: `${kind}/${name}`,
    used: (podsByOwner.get(uid) ?? []).reduce((sum, p) => sum + amount(p), 0),
  }));
  return largestFirst(consumers);
}

function largestFirst(consumers: readonly Consumer[]): Consumer[] {
  return consumers
    .filter(({ used }) => used > 0)
    .map(({ workload, used }) => ({ workload, used: tidy(used) }))
    .sort((a, b) => b.used - a.used || compareText(a.workload, b.workload));
}

/** Sums of tenths are not exact in binary; a billionth of a core is below anything shown. */
function tidy(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
