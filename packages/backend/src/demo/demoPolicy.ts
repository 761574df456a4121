// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  isPermission,
  isReadPermission,
  isResourcePermission,
  type Permission,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { RESOURCE_TYPE_TENANT } from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantConditionalDecision,
  tenantConditions,
} from '@tenantry/backstage-plugin-tenants-node';

const PLATFORM_TEAM = 'group:default/platform-team';
const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

type Options = {
  /** Nothing in a cluster may be changed, not even by the platform team. */
  readonly readOnly: boolean;
};

function isOfTenants(permission: Permission): boolean {
  return permission.name.startsWith('tenants.');
}

function changesClusters(permission: Permission): boolean {
  return (
    isPermission(permission, kubernetesProxyPermission) ||
    (isOfTenants(permission) && !isReadPermission(permission))
  );
}

function decideTenant(
  permission: ResourcePermission<typeof RESOURCE_TYPE_TENANT>,
  refs: string[],
): PolicyDecision {
  const owned = tenantConditions.isOwner({ refs });
  const joined = tenantConditions.isMember({ refs });
  return createTenantConditionalDecision(
    permission,
    isReadPermission(permission) ? { anyOf: [owned, joined] } : owned,
  );
}

function decideEntity(
  permission: ResourcePermission<'catalog-entity'>,
  claims: string[],
): PolicyDecision {
  const isTenant: PermissionCriteria<PermissionCondition<'catalog-entity'>> = {
    allOf: [
      catalogConditions.isEntityKind({ kinds: ['resource'] }),
      catalogConditions.hasSpec({ key: 'type', value: 'tenant' }),
    ],
  };
  return createCatalogConditionalDecision(permission, {
    anyOf: [{ not: isTenant }, catalogConditions.isEntityOwner({ claims })],
  });
}

/**
 * Who may see what in the demo: owners and members their tenants, the platform team all of them, guests none.
 * It also shuts the doors beside: tenant entities in the catalogue, and the Kubernetes plugin's own routes.
 */
export class DemoPolicy implements PermissionPolicy {
  constructor(private readonly options: Options) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return deny;
    if (this.options.readOnly && changesClusters(permission)) return deny;
    const refs = user.info.ownershipEntityRefs;
    if (refs.includes(PLATFORM_TEAM)) return allow;
    if (isResourcePermission(permission, RESOURCE_TYPE_TENANT)) {
      return decideTenant(permission, refs);
    }
    if (isPermission(permission, catalogEntityReadPermission)) {
      return decideEntity(permission, refs);
    }
    const isForPlatformTeam =
      isOfTenants(permission) ||
      isPermission(permission, kubernetesProxyPermission) ||
      isPermission(permission, kubernetesResourcesReadPermission);
    return isForPlatformTeam ? deny : allow;
  }
}

/** Installs {@link DemoPolicy}. */
export function createDemoPolicyModule(options: Options) {
  return createBackendModule({
    pluginId: 'permission',
    moduleId: 'demo-policy',
    register(reg) {
      reg.registerInit({
        deps: { policy: policyExtensionPoint },
        async init({ policy }) {
          policy.setPolicy(new DemoPolicy(options));
        },
      });
    },
  });
}
