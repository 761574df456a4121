// SPDX-License-Identifier: Apache-2.0
/**
 * Who may see and do what with tenants: a ready permission policy.
 *
 * @packageDocumentation
 */
export { permissionModuleTenants as default } from './module';
export { readPolicyConfig, type PolicyConfig } from './PolicyConfig';
export {
  defaultRolePermissions,
  TENANT_ROLES,
  type RolePermissions,
  type TenantRole,
} from './roles';
export { TenantsPolicy } from './TenantsPolicy';
