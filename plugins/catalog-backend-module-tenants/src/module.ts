// SPDX-License-Identifier: Apache-2.0
import {
  type AuthService,
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  type TenantsService,
  tenantsServiceRef,
} from '@tenantry/backstage-plugin-tenants-node';
import { readTenantsCatalogConfig } from './config';
import {
  TenantEntityProvider,
  type TenantSource,
} from './provider/TenantEntityProvider';

function createSource(
  tenants: TenantsService,
  auth: AuthService,
): TenantSource {
  return {
    async read() {
      const credentials = await auth.getOwnServiceCredentials();
      // Freshness first: a list read before it would lack the tenants of a cluster that becomes synced in between.
      const { clusters } = await tenants.getPlatform({ credentials });
      return { clusters, tenants: await tenants.list({ credentials }) };
    },
  };
}

/**
 * Adds one entity of kind Resource and type `tenant` per tenant.
 *
 * @public
 */
export const catalogModuleTenants = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'tenants',
  register(reg) {
    reg.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        logger: coreServices.logger,
        auth: coreServices.auth,
        tenants: tenantsServiceRef,
        events: eventsServiceRef,
      },
      async init({
        catalog,
        config,
        scheduler,
        logger,
        auth,
        tenants,
        events,
      }) {
        const { schedule, ...entities } = readTenantsCatalogConfig(config);
        catalog.addEntityProvider(
          new TenantEntityProvider({
            source: createSource(tenants, auth),
            taskRunner: scheduler.createScheduledTaskRunner(schedule),
            events,
            logger,
            entities,
          }),
        );
      },
    });
  },
});
