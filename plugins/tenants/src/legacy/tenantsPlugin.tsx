// SPDX-License-Identifier: Apache-2.0
import {
  compatWrapper,
  convertLegacyRouteRef,
} from '@backstage/core-compat-api';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { pluginHeaderActionsApiRef } from '@backstage/frontend-plugin-api';
import {
  liveStreamApiFactory,
  tenantsApiFactory,
  viewAsApiFactory,
} from '../apiFactories';
import type { EntityTenantPart } from '../entity/EntityTenantContent';
import { rootRouteRef } from '../routes';

/** What only an app of the new system knows: other plugins may add to our header there. */
const noHeaderActionsFactory = createApiFactory(pluginHeaderActionsApiRef, {
  getPluginHeaderActions: () => [],
});

const legacyRootRouteRef = convertLegacyRouteRef(rootRouteRef);

/**
 * The pages of Tenantry, for apps on `@backstage/core-plugin-api`.
 *
 * @public
 */
export const tenantsPlugin = createPlugin({
  id: 'tenants',
  apis: [
    viewAsApiFactory,
    tenantsApiFactory,
    liveStreamApiFactory,
    noHeaderActionsFactory,
  ],
  routes: { root: legacyRootRouteRef },
});

/**
 * All pages, to be mounted as `<Route path="/tenants" element={<TenantsPage />} />`.
 *
 * @public
 */
export const TenantsPage = tenantsPlugin.provide(
  createRoutableExtension({
    name: 'TenantsPage',
    mountPoint: legacyRootRouteRef,
    component: () =>
      import('../TenantsApp').then(m => () => compatWrapper(<m.TenantsApp />)),
  }),
);

/**
 * Health and first cause of a tenant, for the overview of its catalogue entity.
 *
 * @public
 */
export const EntityTenantCard = tenantsPlugin.provide(
  createComponentExtension({
    name: 'EntityTenantCard',
    component: {
      lazy: () =>
        import('../entity/EntityTenantCard').then(
          m => () => compatWrapper(<m.EntityTenantCard />),
        ),
    },
  }),
);

/**
 * A part of a tenant as a tab of its catalogue entity: the overview unless `part` says another one.
 *
 * @public
 */
export const EntityTenantContent = tenantsPlugin.provide(
  createComponentExtension({
    name: 'EntityTenantContent',
    component: {
      lazy: () =>
        import('../entity/EntityTenantContent').then(
          m => (props: { readonly part?: EntityTenantPart }) =>
            compatWrapper(<m.EntityTenantContent {...props} />),
        ),
    },
  }),
);

/**
 * Releases of a module and who runs it, for the overview of its catalogue entity.
 *
 * @public
 */
export const EntityModuleCard = tenantsPlugin.provide(
  createComponentExtension({
    name: 'EntityModuleCard',
    component: {
      lazy: () =>
        import('../entity/EntityModuleCard').then(
          m => () => compatWrapper(<m.EntityModuleCard />),
        ),
    },
  }),
);

/**
 * The tenants of the user, for the home page.
 *
 * @public
 */
export const MyTenantsCard = tenantsPlugin.provide(
  createComponentExtension({
    name: 'MyTenantsCard',
    component: {
      lazy: () =>
        import('../home/MyTenantsCard').then(
          m => () => compatWrapper(<m.MyTenantsCard />),
        ),
    },
  }),
);
