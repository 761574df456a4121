// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { tenantsServiceRef } from '@tenantry/backstage-plugin-tenants-node';
import { createApplyAction } from './actions/createApplyAction';
import { createDeleteAction } from './actions/createDeleteAction';
import {
  createMemberAddAction,
  createMemberRemoveAction,
} from './actions/createMemberActions';
import { createPlanAction } from './actions/createPlanAction';
import { createRenderAction } from './actions/createRenderAction';
import { createWaitAction } from './actions/createWaitAction';

/**
 * Adds the template actions of Tenantry. Each calls the Tenantry backend as the user who runs the template.
 *
 * @public
 */
export const scaffolderModuleTenants = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'tenants',
  register(reg) {
    reg.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        tenants: tenantsServiceRef,
      },
      async init({ scaffolder, tenants }) {
        scaffolder.addActions(
          createPlanAction({ tenants }),
          createApplyAction({ tenants }),
          createWaitAction({ tenants }),
          createDeleteAction({ tenants }),
          createMemberAddAction({ tenants }),
          createMemberRemoveAction({ tenants }),
          createRenderAction({ tenants }),
        );
      },
    });
  },
});
