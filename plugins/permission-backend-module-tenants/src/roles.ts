// SPDX-License-Identifier: Apache-2.0
import {
  auditReadPermission,
  logsReadPermission,
  memberManagePermission,
  moduleReadPermission,
  secretWritePermission,
  tenantCreatePermission,
  tenantDeletePermission,
  tenantOperatePermission,
  tenantReadPermission,
  tenantUpdatePermission,
} from '@tenantry/backstage-plugin-tenants-common';

/**
 * What a caller can be to a tenant (`owner`, `member`), to all of them (`viewer`) or to the portal (`user`: signed in, no guest).
 * The platform team may do everything and a guest nothing, so they need no list.
 *
 * @public
 */
export const TENANT_ROLES = ['owner', 'member', 'viewer', 'user'] as const;

/** One of {@link TENANT_ROLES}. @public */
export type TenantRole = (typeof TENANT_ROLES)[number];

/** Names of permissions by role. @public */
export type RolePermissions = Readonly<Record<TenantRole, readonly string[]>>;

const memberPermissions = [tenantReadPermission, logsReadPermission];

/**
 * The roles of a portal that configures none. Adopting, purging and unmasked logs are left to the platform team.
 *
 * @public
 */
export const defaultRolePermissions: RolePermissions = {
  owner: [
    ...memberPermissions,
    tenantUpdatePermission,
    tenantOperatePermission,
    tenantDeletePermission,
    memberManagePermission,
    secretWritePermission,
    auditReadPermission,
  ].map(({ name }) => name),
  member: memberPermissions.map(({ name }) => name),
  // Health without logs: logs tell of customers, and somebody at a help desk needs none of it.
  viewer: [tenantReadPermission.name],
  user: [moduleReadPermission, tenantCreatePermission].map(({ name }) => name),
};
