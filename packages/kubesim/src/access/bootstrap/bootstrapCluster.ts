// SPDX-License-Identifier: Apache-2.0
import { ClaimProtection } from '../../controllers/ClaimProtection';
import type { Objects } from '../../storage/Objects';
import { NamespaceDefaults } from './NamespaceDefaults';
import { seedPriorityClasses } from './seedPriorityClasses';
import { seedRoles } from './seedRoles';

const SYSTEM_NAMESPACES = [
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
];

/** Makes what every cluster has from its start. The certificate is what pods trust the server by, where there are controllers. */
export function bootstrapCluster(
  objects: Objects,
  certificate: string | undefined,
): void {
  seedRoles(objects);
  seedPriorityClasses(objects);
  new NamespaceDefaults(objects, certificate).start();
  new ClaimProtection(objects).start();
  for (const name of SYSTEM_NAMESPACES) {
    objects.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }
}
