// SPDX-License-Identifier: Apache-2.0
import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import {
  portalPermissions,
  tenantPermissions,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  tenantResourceRef,
  tenantRules,
  type TenantFacts,
} from '@tenantry/backstage-plugin-tenants-node';
import type { ConditionTransformer } from './TenantDecision';

/**
 * Tells the permission framework about tenants, so that policies can decide by them and other plugins can ask.
 *
 * @param factsOf - Facts of the named tenant, from memory; `undefined` when there is none.
 */
export function registerTenantAccess(
  registry: PermissionsRegistryService,
  factsOf: (tenant: string) => TenantFacts | undefined,
): ConditionTransformer {
  registry.addResourceType({
    resourceRef: tenantResourceRef,
    permissions: tenantPermissions,
    rules: Object.values(tenantRules),
    getResources: async names => names.map(factsOf),
  });
  registry.addPermissions(portalPermissions);
  return createConditionTransformer(
    registry.getPermissionRuleset(tenantResourceRef),
  );
}
