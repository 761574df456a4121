// SPDX-License-Identifier: Apache-2.0
import { createApiRef } from '@backstage/frontend-plugin-api';
import type { TenantsApi } from '@tenantry/backstage-plugin-tenants-common';
import type { ViewAsChoice } from './access/ViewAsChoice';
import type { LiveStream } from './live/LiveStream';

/**
 * The API of the tenants backend.
 *
 * @public
 */
export const tenantsApiRef = createApiRef<TenantsApi>().with({
  id: 'plugin.tenants.api',
  pluginId: 'tenants',
});

/** The one live stream of the tab, built on {@link tenantsApiRef}. */
export const liveStreamApiRef = createApiRef<LiveStream>().with({
  id: 'plugin.tenants.live',
  pluginId: 'tenants',
});

/** As whom the tab looks at the portal; {@link tenantsApiRef} sends it along. */
export const viewAsApiRef = createApiRef<ViewAsChoice>().with({
  id: 'plugin.tenants.view-as',
  pluginId: 'tenants',
});
