// SPDX-License-Identifier: Apache-2.0
import {
  createBackendModule,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { kubernetesAccessRegistryRef } from '@tenantry/backstage-plugin-tenants-node';

/** Hands clusters over, as the Kubernetes plugin’s module does. */
export function handOverClusters(...names: string[]): BackendFeature[] {
  const clusters = names.map(name => ({
    name,
    url: `https://${name}.example`,
    authMetadata: {
      'kubernetes.io/auth-provider': 'serviceAccount',
      serviceAccountToken: 'unused',
    },
  }));
  return [
    createBackendPlugin({
      pluginId: 'kubernetes',
      register: env => env.registerInit({ deps: {}, init: async () => {} }),
    }),
    createBackendModule({
      pluginId: 'kubernetes',
      moduleId: 'hand-over',
      register(env) {
        env.registerInit({
          deps: { registry: kubernetesAccessRegistryRef },
          async init({ registry }) {
            registry.provide({
              clusterSupplier: { getClusters: async () => clusters },
              getCredential: async () => ({ type: 'anonymous' }),
            });
          },
        });
      },
    }),
  ];
}
