// SPDX-License-Identifier: Apache-2.0
import {
  auditReadPermission,
  logsReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantTab } from '../routes';

/** The parts of a tenant that need more than the right to see it. */
export const TAB_PERMISSIONS: Partial<Record<TenantTab, string>> = {
  logs: logsReadPermission.name,
  audit: auditReadPermission.name,
};
