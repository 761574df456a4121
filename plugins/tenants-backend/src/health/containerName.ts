// SPDX-License-Identifier: Apache-2.0
import type { ContainerObject, PodObject } from '../informers/objects';

/** Names the container only where the pod has more than one of its kind of work. */
export function containerName(
  pod: PodObject,
  container: ContainerObject,
): string {
  const { name, role } = container;
  if (role === 'init') return `${pod.name}: init container ${name}`;
  if (role === 'sidecar') return `${pod.name}: sidecar ${name}`;
  const mains = pod.containers.filter(c => c.role === 'main');
  return mains.length > 1 ? `${pod.name}: container ${name}` : pod.name;
}
