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
import { readTenantsCatalogConfig, type TenantsCatalogConfig } from './config';
import { ModuleEntityProvider } from './modules/ModuleEntityProvider';
import { toModuleEntity } from './modules/toModuleEntity';
import { TenantEntityProvider } from './provider/TenantEntityProvider';
import { loadTemplates } from './templates/loadTemplates';

/** Reads the Tenantry backend as the catalogue. */
function createReader(
  tenants: TenantsService,
  auth: AuthService,
  config: TenantsCatalogConfig,
) {
  const listModules = async () => {
    const api = tenants.as(await auth.getOwnServiceCredentials());
    const { items, status } = await api.modules.list();
    const isLoaded = status.some(({ version }) => version !== undefined);
    return isLoaded || status.length === 0 ? items : undefined;
  };
  return {
    async readTenants() {
      const credentials = await auth.getOwnServiceCredentials();
      // Freshness first: a list read before it would lack the tenants of a cluster that becomes synced in between.
      const { clusters } = await tenants.getPlatform({ credentials });
      const modules = new Set((await listModules())?.map(({ name }) => name));
      const rows = await tenants.list({ credentials });
      return { clusters, tenants: rows, modules };
    },
    async readModules() {
      const items = await listModules();
      if (!items) return undefined;
      const modules = new Set(items.map(({ name }) => name));
      return items.map(item => toModuleEntity(item, { ...config, modules }));
    },
  };
}

/**
 * Adds an entity of kind Resource and type `tenant` per tenant, one of kind Component and type `tenant-module` per module
 * definition, and the templates.
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
        const entities = readTenantsCatalogConfig(config);
        const createRunner = () =>
          scheduler.createScheduledTaskRunner(entities.schedule);
        const reader = createReader(tenants, auth, entities);
        catalog.addEntityProvider(
          new TenantEntityProvider({
            source: { read: reader.readTenants },
            taskRunner: createRunner(),
            events,
            logger,
            entities,
          }),
          new ModuleEntityProvider({
            readModules: reader.readModules,
            templates: loadTemplates(entities),
            taskRunner: createRunner(),
            logger,
          }),
        );
      },
    });
  },
});
