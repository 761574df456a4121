// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { policyPreviewRegistryRef } from '@tenantry/backstage-plugin-tenants-node';
import { readPolicyConfig } from './PolicyConfig';
import { TenantsPolicy } from './TenantsPolicy';

/**
 * Makes {@link TenantsPolicy} the portal’s policy. A portal with a policy of its own gives that one to
 * `TenantsPolicy` instead and installs the result itself.
 *
 * @public
 */
export const permissionModuleTenants = createBackendModule({
  pluginId: 'permission',
  moduleId: 'tenants-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        policy: policyExtensionPoint,
        previews: policyPreviewRegistryRef,
      },
      async init({ config, logger, policy, previews }) {
        const policyConfig = readPolicyConfig(config);
        if (policyConfig.platformTeam.length === 0) {
          logger.warn(
            'tenants.policy.platformTeam names nobody, so nobody sees all tenants or the platform page.',
          );
        }
        const tenants = new TenantsPolicy(policyConfig);
        policy.setPolicy(tenants);
        previews.provide(async (permission, refs) =>
          tenants.decide(permission, refs),
        );
      },
    });
  },
});
