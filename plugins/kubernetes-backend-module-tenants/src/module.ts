// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  kubernetesObjectsProviderExtensionPoint,
  kubernetesRouterExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { kubernetesAccessRegistryRef } from '@tenantry/backstage-plugin-tenants-node';
import { dispatchCredential } from './dispatchCredential';

/**
 * Hands the Kubernetes plugin’s clusters and credentials to the Tenantry backend of the same process, through the
 * plugin’s router extension point. Every route of the plugin stays as it is.
 *
 * @public
 */
export const kubernetesModuleTenants = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'tenants',
  register(reg) {
    reg.registerInit({
      deps: {
        router: kubernetesRouterExtensionPoint,
        registry: kubernetesAccessRegistryRef,
      },
      async init({ router, registry }) {
        router.addRouter(({ getDefault, clusterSupplier, authStrategyMap }) => {
          registry.provide({
            clusterSupplier,
            getCredential: dispatchCredential(authStrategyMap),
          });
          return getDefault();
        });
      },
    });
  },
});

/**
 * Does the same through the objects provider’s extension point, for portals whose own code already uses the router’s:
 * each of the two can be used once. Install one of the two modules, not both.
 *
 * @public
 */
export const kubernetesModuleTenantsByObjectsProvider = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'tenants-by-objects-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        objects: kubernetesObjectsProviderExtensionPoint,
        registry: kubernetesAccessRegistryRef,
      },
      async init({ objects, registry }) {
        objects.addObjectsProvider(
          async ({ getDefault, clusterSupplier, authStrategy }) => {
            registry.provide({
              clusterSupplier,
              getCredential: (cluster, auth) =>
                authStrategy.getCredential(cluster, auth),
            });
            return await getDefault();
          },
        );
      },
    });
  },
});
