// SPDX-License-Identifier: Apache-2.0
import type { Objects } from '../../storage/Objects';

const GROUP = 'scheduling.k8s.io';
const CLASSES = [
  {
    name: 'system-cluster-critical',
    value: 2_000_000_000,
    description:
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  },
  {
    name: 'system-node-critical',
    value: 2_000_001_000,
    description:
      'Used for system critical pods that must not be moved from their current node.',
  },
];

/** Makes the PriorityClasses every cluster has. */
export function seedPriorityClasses(objects: Objects): void {
  for (const { name, value, description } of CLASSES) {
    objects.create(`priorityclasses.${GROUP}`, {
      apiVersion: `${GROUP}/v1`,
      kind: 'PriorityClass',
      metadata: { name },
      value,
      description,
      preemptionPolicy: 'PreemptLowerPriority',
    });
  }
}
