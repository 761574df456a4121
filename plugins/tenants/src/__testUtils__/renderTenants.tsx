// SPDX-License-Identifier: Apache-2.0
import {
  createFrontendPlugin,
  createRouteRef,
  createSubRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { StorageApi } from '@backstage/core-plugin-api';
import type { TenantsApi } from '@tenantry/backstage-plugin-tenants-common';
import type { RenderResult } from '@testing-library/react';
import { tenantsApiRef } from '../api';
import { tenantsPlugin } from '../plugin';

const createRoute = createRouteRef();

/** Where the forms of the templates are in a portal that has them. */
const scaffolder = createFrontendPlugin({
  pluginId: 'scaffolder',
  routes: {
    selectedTemplate: createSubRouteRef({
      parent: createRoute,
      path: '/templates/:namespace/:templateName',
    }),
  },
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/create',
        routeRef: createRoute,
        loader: async () => <h1>Templates</h1>,
      },
    }),
  ],
});

/** What the portal around the plugin is like. */
export type PortalOptions = {
  /** Permissions the user does not have. */
  readonly denied?: readonly string[];
  readonly withTemplates?: boolean;
  /** What the portal remembers of the user. */
  readonly remembered?: Record<string, boolean | string>;
};

/** Opens the portal with our plugin at an address. */
export function renderTenants(
  path: string,
  api: TenantsApi,
  options: PortalOptions = {},
): RenderResult & { readonly storage: StorageApi } {
  const { denied = [], withTemplates = false, remembered = {} } = options;
  const storage = mockApis.storage({ data: { tenantry: remembered } });
  const app = renderTestApp({
    features: withTemplates ? [tenantsPlugin, scaffolder] : [tenantsPlugin],
    initialRouteEntries: [path],
    apis: [
      [tenantsApiRef, api],
      mockApis.permission({
        authorize: ({ permission }) =>
          denied.includes(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
      mockApis.identity({
        userEntityRef: 'user:default/maria.k',
        ownershipEntityRefs: ['group:default/team-analytics'],
      }),
      storage,
    ],
  });
  return { ...app, storage };
}
