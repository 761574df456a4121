// SPDX-License-Identifier: Apache-2.0
import type {
  ContainerObject,
  PodObject,
  ResourceAmounts,
} from '../informers/objects';

type Resource = keyof ResourceAmounts;
type Side = 'requests' | 'limits';

/**
 * What a pod counts for against a quota: its containers together with its sidecars, or one init container with the
 * sidecars that started before it, whichever is more. A pod that ended counts for nothing.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podRequests(
  pod: PodObject,
  side: Side,
  resource: Resource,
): number {
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') return 0;
  const amount = (container: ContainerObject) => container[side][resource] ?? 0;
  let running = 0;
  let peak = 0;
  for (const container of pod.containers) {
    if (container.role === 'init') {
      peak = Math.max(peak, running + amount(container));
    }
    if (container.role === 'sidecar') {
      running += amount(container);
    }
  }
  for (const container of pod.containers) {
    if (container.role === 'main') running += amount(container);
  }
  return Math.max(peak, running);
}
