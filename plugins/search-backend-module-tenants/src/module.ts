// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { tenantsServiceRef } from '@tenantry/backstage-plugin-tenants-node';
import { createModuleCollator } from './collators/createModuleCollator';
import { createTenantCollator } from './collators/createTenantCollator';
import { TENANTS_TYPE } from './collators/TenantDocument';
import { readSchedule } from './config';
import { reindexOnChange } from './reindexOnChange';

/**
 * Puts tenants, modules and runbooks into the portal’s search.
 *
 * @public
 */
export const searchModuleTenants = createBackendModule({
  pluginId: 'search',
  moduleId: 'tenants',
  register(reg) {
    reg.registerInit({
      deps: {
        registry: searchIndexRegistryExtensionPoint,
        config: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        logger: coreServices.logger,
        auth: coreServices.auth,
        events: eventsServiceRef,
        tenants: tenantsServiceRef,
      },
      async init({ registry, scheduler, events, logger, ...deps }) {
        const schedule = readSchedule(deps.config);
        for (const factory of [
          createTenantCollator(deps),
          createModuleCollator(deps),
        ]) {
          registry.addCollator({
            schedule: scheduler.createScheduledTaskRunner(schedule),
            factory,
          });
        }
        const type = TENANTS_TYPE;
        await reindexOnChange({ events, scheduler, logger, type });
      },
    });
  },
});
