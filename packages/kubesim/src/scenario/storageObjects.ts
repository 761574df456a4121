// SPDX-License-Identifier: Apache-2.0
import type { Scenario } from './Scenario';
import type { Placed } from './workloadObjects';

/** The storage classes of a cluster. */
export function storageObjects({ storageClasses }: Scenario): Placed[] {
  return storageClasses.map(given => ({
    resource: 'storageclasses.storage.k8s.io',
    object: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: given.name,
        ...(given.default
          ? {
              annotations: {
                'storageclass.kubernetes.io/is-default-class': 'true',
              },
            }
          : {}),
      },
      provisioner: given.provisioner,
      reclaimPolicy: given.reclaimPolicy,
      volumeBindingMode: given.bindingMode,
      allowVolumeExpansion: true,
    },
  }));
}
