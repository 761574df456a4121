// SPDX-License-Identifier: Apache-2.0
import { createPermission } from '@backstage/plugin-permission-common';

/** The permission framework's resource type of a tenant. @public */
export const RESOURCE_TYPE_TENANT = 'tenant';

/** Read a tenant, its workloads, pods, events and quota, by request or by stream. @public */
export const tenantReadPermission = createPermission({
  name: 'tenants.tenant.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TENANT,
});

/** Read the logs of a tenant's pods, secrets masked. @public */
export const logsReadPermission = createPermission({
  name: 'tenants.logs.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TENANT,
});

/** See clusters, their freshness and all operations. @public */
export const platformReadPermission = createPermission({
  name: 'tenants.platform.read',
  attributes: { action: 'read' },
});

/** Every permission whose decision depends on a tenant. @public */
export const tenantPermissions = [tenantReadPermission, logsReadPermission];

/** Every permission of the plugin. @public */
export const tenantsPermissions = [
  ...tenantPermissions,
  platformReadPermission,
];
