// SPDX-License-Identifier: Apache-2.0
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import type { TenantsApi } from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../api';
import { tenantsPlugin } from '../plugin';

/** Opens the portal with our plugin at an address. */
export function renderTenants(path: string, api: TenantsApi) {
  return renderTestApp({
    features: [tenantsPlugin],
    initialRouteEntries: [path],
    apis: [
      [tenantsApiRef, api],
      mockApis.permission(),
      mockApis.identity({
        userEntityRef: 'user:default/maria.k',
        ownershipEntityRefs: ['group:default/team-analytics'],
      }),
    ],
  });
}
