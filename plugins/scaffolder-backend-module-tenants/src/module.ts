// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  inBackendWords,
  tenantsServiceRef,
} from '@tenantry/backstage-plugin-tenants-node';
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
          sayingWhy(createPlanAction({ tenants })),
          sayingWhy(createApplyAction({ tenants })),
          sayingWhy(createWaitAction({ tenants })),
          sayingWhy(createDeleteAction({ tenants })),
          sayingWhy(createMemberAddAction({ tenants })),
          sayingWhy(createMemberRemoveAction({ tenants })),
          sayingWhy(createRenderAction({ tenants })),
        );
      },
    });
  },
});

/** Whoever reads a task’s log sees nothing but the error’s text. */
function sayingWhy<A extends { handler(context: never): Promise<void> }>(
  action: A,
): A {
  return {
    ...action,
    handler: (context: never) => inBackendWords(() => action.handler(context)),
  };
}
