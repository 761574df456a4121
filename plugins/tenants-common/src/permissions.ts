// SPDX-License-Identifier: Apache-2.0
import { createPermission } from '@backstage/plugin-permission-common';

/** The permission framework's resource type of a tenant. @public */
export const RESOURCE_TYPE_TENANT = 'tenant';

type TenantAction = 'read' | 'update' | 'delete';

function onTenant(name: string, action: TenantAction) {
  return createPermission({
    name: `tenants.${name}`,
    attributes: { action },
    resourceType: RESOURCE_TYPE_TENANT,
  });
}

/** Read a tenant, its workloads, pods, events and quota, by request or by stream. @public */
export const tenantReadPermission = onTenant('tenant.read', 'read');

/** Plan and apply a tenant that does not exist yet. @public */
export const tenantCreatePermission = createPermission({
  name: 'tenants.tenant.create',
  attributes: { action: 'create' },
});

/** Plan and apply changes of an existing tenant; roll back. @public */
export const tenantUpdatePermission = onTenant('tenant.update', 'update');

/** Restart, scale, put to sleep, wake; cancel and retry operations. @public */
export const tenantOperatePermission = onTenant('tenant.operate', 'update');

/** Take over what something else created. @public */
export const tenantAdoptPermission = onTenant('tenant.adopt', 'update');

/** Remove what runs, keeping namespaces and volumes. @public */
export const tenantDeletePermission = onTenant('tenant.delete', 'delete');

/** Remove a tenant with its namespaces and volumes, for good. @public */
export const tenantPurgePermission = onTenant('tenant.purge', 'delete');

/** Read the logs of a tenant's pods, secrets masked. @public */
export const logsReadPermission = onTenant('logs.read', 'read');

/** Read the logs of a tenant's pods as they were written, secrets and all. @public */
export const logsReadUnmaskedPermission = onTenant(
  'logs.read-unmasked',
  'read',
);

/** Add, change and remove members of a tenant. @public */
export const memberManagePermission = onTenant('member.manage', 'update');

/** Set a tenant's secrets; nobody reads them back. @public */
export const secretWritePermission = onTenant('secret.write', 'update');

/** Read who did and saw what in a tenant. @public */
export const auditReadPermission = onTenant('audit.read', 'read');

/** Read module definitions, tiers and categories. @public */
export const moduleReadPermission = createPermission({
  name: 'tenants.module.read',
  attributes: { action: 'read' },
});

/** See clusters, their freshness and all operations; look at the portal as somebody else. @public */
export const platformReadPermission = createPermission({
  name: 'tenants.platform.read',
  attributes: { action: 'read' },
});

/** Every permission whose decision depends on a tenant. @public */
export const tenantPermissions = [
  tenantReadPermission,
  tenantUpdatePermission,
  tenantOperatePermission,
  tenantAdoptPermission,
  tenantDeletePermission,
  tenantPurgePermission,
  logsReadPermission,
  logsReadUnmaskedPermission,
  memberManagePermission,
  secretWritePermission,
  auditReadPermission,
];

/** Every permission that depends on no tenant. @public */
export const portalPermissions = [
  tenantCreatePermission,
  moduleReadPermission,
  platformReadPermission,
];

/** Every permission of the plugin. @public */
export const tenantsPermissions = [...tenantPermissions, ...portalPermissions];
