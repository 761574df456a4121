// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import { recordOf, recordsOf, textOf, type JsonRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { addQuantities, quantityOf, ZERO, type Quantity } from './quantity';

/** Amounts by the names a quota’s `hard` uses. */
export type Usage = ReadonlyMap<string, Quantity>;
type Sums = Map<string, Quantity>;

const ONE: Quantity = { amount: 1, binary: false };
const CLASS_SUFFIX = '.storageclass.storage.k8s.io/';

/** What one object counts for in the quotas of its namespace. */
export function usageOf(kind: Kind, object: KubeObject): Usage {
  const usage: Sums = new Map([[`count/${kind.resource}`, ONE]]);
  if (!kind.group) usage.set(kind.plural, ONE);
  if (kind.resource === 'pods') podUsage(usage, object);
  if (kind.resource === 'services') serviceUsage(usage, object);
  if (kind.resource === 'persistentvolumeclaims') claimUsage(usage, object);
  return usage;
}

/** Whether a pod has ended; it takes up no compute then, though it is still an object. */
export function hasEnded(pod: KubeObject): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

function podUsage(usage: Sums, pod: KubeObject): void {
  if (hasEnded(pod)) {
    usage.delete('pods');
    return;
  }
  for (const list of ['requests', 'limits'] as const) {
    for (const [key, amount] of podSums(pod, list)) {
      usage.set(`${list}.${key}`, amount);
      if (list === 'requests') usage.set(key, amount);
    }
  }
}

/** What a pod asks for: its containers together, or the largest of those that run before them. */
export function podSums(pod: KubeObject, list: 'requests' | 'limits'): Sums {
  const sums: Sums = new Map();
  const add = (key: string, amount: Quantity) =>
    sums.set(key, addQuantities(sums.get(key) ?? ZERO, amount));
  const first = recordsOf(pod.spec?.initContainers);
  const together = [
    ...recordsOf(pod.spec?.containers),
    ...first.filter(container => container.restartPolicy === 'Always'),
  ];
  for (const container of together)
    for (const [key, value] of amounts(container, list))
      add(key, quantityOf(value));
  for (const container of first) {
    for (const [key, value] of amounts(container, list)) {
      const amount = quantityOf(value);
      if (amount.amount > (sums.get(key) ?? ZERO).amount) sums.set(key, amount);
    }
  }
  for (const [key, value] of Object.entries(recordOf(pod.spec?.overhead)))
    if (list === 'requests' || sums.has(key)) add(key, quantityOf(value));
  return sums;
}

function amounts(
  container: JsonRecord,
  list: 'requests' | 'limits',
): [string, unknown][] {
  return Object.entries(recordOf(recordOf(container.resources)[list]));
}

function serviceUsage(usage: Sums, service: KubeObject): void {
  const type = service.spec?.type;
  if (type === 'LoadBalancer') usage.set('services.loadbalancers', ONE);
  const noPorts =
    type === 'LoadBalancer' &&
    service.spec?.allocateLoadBalancerNodePorts === false;
  if ((type !== 'LoadBalancer' && type !== 'NodePort') || noPorts) return;
  const amount = recordsOf(service.spec?.ports).length;
  usage.set('services.nodeports', { amount, binary: false });
}

function claimUsage(usage: Sums, claim: KubeObject): void {
  const storage = quantityOf(
    recordOf(recordOf(claim.spec?.resources).requests).storage,
  );
  usage.set('requests.storage', storage);
  const storageClass = textOf(claim.spec?.storageClassName);
  if (!storageClass) return;
  usage.set(`${storageClass}${CLASS_SUFFIX}requests.storage`, storage);
  usage.set(`${storageClass}${CLASS_SUFFIX}persistentvolumeclaims`, ONE);
}
