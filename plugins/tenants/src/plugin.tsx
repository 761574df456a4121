// SPDX-License-Identifier: Apache-2.0
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { TenantsClient } from '@tenantry/backstage-plugin-tenants-common';
import { ViewAsChoice } from './access/ViewAsChoice';
import { liveStreamApiRef, tenantsApiRef, viewAsApiRef } from './api';
import { browserEnvironment } from './live/LiveEnvironment';
import { LiveStream } from './live/LiveStream';
import { parseTopicValue } from './live/parseTopicValue';
import {
  moduleRouteRef,
  modulesRouteRef,
  moduleTabRouteRef,
  operationsRouteRef,
  platformRouteRef,
  rootRouteRef,
  tenantRouteRef,
  tenantTabRouteRef,
} from './routes';
import { TenantsIcon } from './TenantsIcon';
import { formFields } from './templates/formFields';

const TENANT_ENTITY = { kind: 'resource', 'spec.type': 'tenant' };

const viewAsApi = ApiBlueprint.make({
  name: 'view-as',
  params: defineParams =>
    defineParams({
      api: viewAsApiRef,
      deps: {},
      factory: () => new ViewAsChoice({ storage: window.sessionStorage }),
    }),
});

const tenantsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: tenantsApiRef,
      deps: {
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        viewAs: viewAsApiRef,
      },
      factory: ({ viewAs, ...deps }) =>
        new TenantsClient({ ...deps, viewAs: viewAs.get }),
    }),
});

const liveStreamApi = ApiBlueprint.make({
  name: 'live',
  params: defineParams =>
    defineParams({
      api: liveStreamApiRef,
      deps: { api: tenantsApiRef, viewAs: viewAsApiRef },
      factory: ({ api, viewAs }) => {
        const stream = new LiveStream({
          api,
          env: browserEnvironment,
          parse: parseTopicValue,
        });
        // Both live as long as the tab.
        viewAs.subscribe(() => stream.reset());
        return stream;
      },
    }),
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

const healthCard = EntityCardBlueprint.make({
  name: 'health',
  params: {
    type: 'info',
    filter: TENANT_ENTITY,
    loader: () =>
      import('./entity/EntityTenantCard').then(m => <m.EntityTenantCard />),
  },
});

const overviewContent = EntityContentBlueprint.make({
  name: 'overview',
  params: {
    path: '/tenant',
    title: 'Tenant',
    group: 'operation',
    icon: <TenantsIcon />,
    filter: TENANT_ENTITY,
    loader: () =>
      import('./entity/EntityTenantContent').then(m => (
        <m.EntityTenantContent />
      )),
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
  extensions: [
    viewAsApi,
    tenantsApi,
    liveStreamApi,
    tenantsPage,
    healthCard,
    overviewContent,
    ...formFields,
  ],
});
