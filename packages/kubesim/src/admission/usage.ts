// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import { recordOf, recordsOf, type JsonRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { parseQuantity } from './quantity';

/** Amounts by the names a quota’s `hard` uses. */
export type Usage = ReadonlyMap<string, number>;

/** What one object counts for in the quotas of its namespace. */
export function usageOf(kind: Kind, object: KubeObject): Usage {
  const usage = new Map<string, number>([[`count/${kind.resource}`, 1]]);
  if (!kind.group) usage.set(kind.plural, 1);
  if (kind.resource === 'pods') podUsage(usage, object);
  if (kind.resource === 'services') serviceUsage(usage, object);
  if (kind.resource === 'persistentvolumeclaims') {
    usage.set(
      'requests.storage',
      parseQuantity(
        recordOf(recordOf(object.spec?.resources).requests).storage,
      ),
    );
  }
  return usage;
}

function podUsage(usage: Map<string, number>, pod: KubeObject): void {
  // A pod that has ended takes up no compute, though it is still an object.
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') {
    usage.delete('pods');
    return;
  }
  for (const list of ['requests', 'limits'] as const) {
    for (const [key, amount] of containerSums(pod, list)) {
      usage.set(`${list}.${key}`, amount);
      if (list === 'requests') usage.set(key, amount);
    }
  }
}

function containerSums(
  pod: KubeObject,
  list: 'requests' | 'limits',
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const container of recordsOf(pod.spec?.containers)) {
    for (const [key, value] of amounts(container, list))
      sums.set(key, (sums.get(key) ?? 0) + parseQuantity(value));
  }
  for (const container of recordsOf(pod.spec?.initContainers)) {
    for (const [key, value] of amounts(container, list))
      sums.set(key, Math.max(sums.get(key) ?? 0, parseQuantity(value)));
  }
  return sums;
}

function amounts(
  container: JsonRecord,
  list: 'requests' | 'limits',
): [string, unknown][] {
  return Object.entries(recordOf(recordOf(container.resources)[list]));
}

function serviceUsage(usage: Map<string, number>, service: KubeObject): void {
  const type = service.spec?.type;
  if (type === 'LoadBalancer') usage.set('services.loadbalancers', 1);
  if (type === 'LoadBalancer' || type === 'NodePort') {
    usage.set('services.nodeports', recordsOf(service.spec?.ports).length);
  }
}
