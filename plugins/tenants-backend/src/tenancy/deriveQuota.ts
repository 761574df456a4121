// SPDX-License-Identifier: Apache-2.0
import {
  parseQuantity,
  resourceUnit,
  type QuotaLine,
} from '@tenantry/backstage-plugin-tenants-common';
import { compareText } from '../health';
import type { Listers } from '../informers/Lister';
import type { PodObject, ResourceAmounts } from '../informers/objects';
import type { OwnedPods } from './collectPods';
import { podRequests } from './podRequests';

type Usage = { readonly used: number; readonly hard: number };
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
    for (const [resource, { used, hard }] of tightest(listers, namespace)) {
      const sum = totals.get(resource) ?? { used: 0, hard: 0 };
      totals.set(resource, { used: sum.used + used, hard: sum.hard + hard });
    }
  }
  return [...totals]
    .sort(([a], [b]) => compareText(a, b))
    .map(([resource, { used, hard }]) => ({
      resource,
      unit: resourceUnit(resource),
      used: tidy(used),
      hard: tidy(hard),
      consumers: consumersOf(resource, { listers, namespaces, owned }),
    }));
}

/** Several quotas of one namespace all hold; the one with the least left decides. */
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
      const other = found.get(resource);
      if (!other || isTighter({ used, hard }, other)) {
        found.set(resource, { used, hard });
      }
    }
  }
  return found;
}

function isTighter(a: Usage, b: Usage): boolean {
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
  if (resource !== 'requests.storage') return [];
  const claims = namespaces.flatMap(namespace =>
    listers.persistentvolumeclaims.byNamespace(namespace),
  );
  return largestFirst(
    claims.map(claim => ({
      workload: `PersistentVolumeClaim/${claim.name}`,
      used: claim.requested ?? 0,
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
