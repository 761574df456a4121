// SPDX-License-Identifier: Apache-2.0
import {
  createBackendModule,
  coreServices,
} from '@backstage/backend-plugin-api';
import { kubernetesProxyPermission } from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  isPermission,
  isReadPermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  readPolicyConfig,
  TenantsPolicy,
} from '@tenantry/backstage-plugin-permission-backend-module-tenants';
import { policyPreviewRegistryRef } from '@tenantry/backstage-plugin-tenants-node';

const deny: PolicyDecision = { result: AuthorizeResult.DENY };

function changesClusters(permission: Permission): boolean {
  return (
    isPermission(permission, kubernetesProxyPermission) ||
    (permission.name.startsWith('tenants.') && !isReadPermission(permission))
  );
}

/** Another policy, less everything that would change a cluster: for a real cluster that the demo only shows. */
export class ReadOnlyPolicy implements PermissionPolicy {
  constructor(private readonly policy: PermissionPolicy) {}

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (changesClusters(request.permission)) return deny;
    return this.policy.handle(request, user);
  }
}

/** Installs the shipped policy so that nobody, not even the platform team, can change a cluster. */
export const readOnlyPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'read-only-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
        previews: policyPreviewRegistryRef,
      },
      async init({ config, policy, previews }) {
        const tenants = new TenantsPolicy(readPolicyConfig(config));
        policy.setPolicy(new ReadOnlyPolicy(tenants));
        previews.provide(async (permission, refs) =>
          changesClusters(permission) ? deny : tenants.decide(permission, refs),
        );
      },
    });
  },
});
