// SPDX-License-Identifier: Apache-2.0
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { inBackendWords } from '@tenantry/backstage-plugin-tenants-node';
import type { ActionTools } from './ActionTools';
import { registerLogAction } from './logAction';
import { registerModuleActions } from './moduleActions';
import { registerOperationActions } from './operationActions';
import { registerTenantActions } from './tenantActions';

/** Registers what agents, templates and other plugins can do: each action calls the API as its caller. */
export function registerActions({ registry, as }: ActionTools): void {
  const tools = { registry: sayingWhy(registry), as };
  registerTenantActions(tools);
  registerLogAction(tools);
  registerModuleActions(tools);
  registerOperationActions(tools);
}

/** Whoever calls an action sees nothing but the error’s text. */
function sayingWhy(registry: ActionsRegistryService): ActionsRegistryService {
  return {
    register: options =>
      registry.register({
        ...options,
        action: context => inBackendWords(() => options.action(context)),
      }),
  };
}
