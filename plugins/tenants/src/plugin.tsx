// SPDX-License-Identifier: Apache-2.0
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  liveStreamApiFactory,
  tenantsApiFactory,
  viewAsApiFactory,
} from './apiFactories';
import { entityExtensions } from './entity/entityExtensions';
import { myTenantsWidget } from './home/homeWidget';
import {
  moduleRouteRef,
  modulesRouteRef,
  moduleTabRouteRef,
  operationsRouteRef,
  platformRouteRef,
  rootRouteRef,
  templateRouteRef,
  tenantRouteRef,
  tenantTabRouteRef,
} from './routes';
import { searchExtensions } from './search/searchExtensions';
import { TenantsIcon } from './TenantsIcon';
import { formFields } from './templates/formFields';

const viewAsApi = ApiBlueprint.make({
  name: 'view-as',
  params: defineParams => defineParams(viewAsApiFactory),
});

const tenantsApi = ApiBlueprint.make({
  params: defineParams => defineParams(tenantsApiFactory),
});

const liveStreamApi = ApiBlueprint.make({
  name: 'live',
  params: defineParams => defineParams(liveStreamApiFactory),
});

// The page draws its own header: the framework's tabs would also stand on the page of one tenant.
const tenantsPage = PageBlueprint.make({
  params: {
    path: '/tenants',
    routeRef: rootRouteRef,
    title: 'Tenants',
    icon: <TenantsIcon />,
    noHeader: true,
    loader: () => import('./TenantsApp').then(m => <m.TenantsApp />),
  },
});

/**
 * The pages of Tenantry: tenants, their health, their logs.
 *
 * @public
 */
export const tenantsPlugin = createFrontendPlugin({
  pluginId: 'tenants',
  title: 'Tenants',
  icon: <TenantsIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    platform: platformRouteRef,
    modules: modulesRouteRef,
    module: moduleRouteRef,
    moduleTab: moduleTabRouteRef,
    operations: operationsRouteRef,
    tenant: tenantRouteRef,
    tenantTab: tenantTabRouteRef,
  },
  externalRoutes: { template: templateRouteRef },
  extensions: [
    viewAsApi,
    tenantsApi,
    liveStreamApi,
    tenantsPage,
    ...entityExtensions,
    ...searchExtensions,
    myTenantsWidget,
    ...formFields,
  ],
});
