// SPDX-License-Identifier: Apache-2.0
import {
  AppRouter,
  createSpecializedApp,
  FlatRoutes,
  type AppOptions,
} from '@backstage/core-app-api';
import { createApiFactory, errorApiRef } from '@backstage/core-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis, MockErrorApi } from '@backstage/test-utils';
import { render } from '@testing-library/react';
import type { TenantsApi } from '@tenantry/backstage-plugin-tenants-common';
import type { ReactElement } from 'react';
import { MemoryRouter } from 'react-router-dom';
import { tenantsApiRef } from '../api';
import { TenantsIcon } from '../TenantsIcon';

const icons: AppOptions['icons'] = {
  'kind:api': TenantsIcon,
  'kind:component': TenantsIcon,
  'kind:domain': TenantsIcon,
  'kind:group': TenantsIcon,
  'kind:location': TenantsIcon,
  'kind:resource': TenantsIcon,
  'kind:system': TenantsIcon,
  'kind:template': TenantsIcon,
  'kind:user': TenantsIcon,
  brokenImage: TenantsIcon,
  catalog: TenantsIcon,
  chat: TenantsIcon,
  dashboard: TenantsIcon,
  docs: TenantsIcon,
  email: TenantsIcon,
  github: TenantsIcon,
  group: TenantsIcon,
  help: TenantsIcon,
  scaffolder: TenantsIcon,
  search: TenantsIcon,
  star: TenantsIcon,
  techdocs: TenantsIcon,
  unstarred: TenantsIcon,
  user: TenantsIcon,
  warning: TenantsIcon,
};

/** An app of the old frontend system with these routes, opened at an address. Plugins are found through the routes, as in any such app. */
export function renderLegacyApp(options: {
  readonly routes: ReactElement;
  readonly path: string;
  readonly api: TenantsApi;
}) {
  const app = createSpecializedApp({
    apis: [
      createApiFactory(tenantsApiRef, options.api),
      createApiFactory(permissionApiRef, mockApis.permission()),
      createApiFactory(errorApiRef, new MockErrorApi()),
      mockApis.discovery.factory(),
      mockApis.storage.factory(),
      mockApis.analytics.factory(),
    ],
    components: {
      BootErrorPage: ({ error }) => <p>{error.message}</p>,
      ErrorBoundaryFallback: ({ error }) => <p>{error.message}</p>,
      NotFoundErrorPage: () => <p>The old app has no such page</p>,
      Progress: () => <p>…</p>,
      Router: ({ children }) => (
        <MemoryRouter initialEntries={[options.path]}>{children}</MemoryRouter>
      ),
    },
    configLoader: async () => [],
    icons,
    themes: [
      {
        id: 'light',
        title: 'Light',
        variant: 'light',
        Provider: ({ children }) => <>{children}</>,
      },
    ],
  });
  const Root = app.createRoot(
    <AppRouter>
      <FlatRoutes>{options.routes}</FlatRoutes>
    </AppRouter>,
  );
  return render(<Root />);
}
