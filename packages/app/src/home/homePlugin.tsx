// SPDX-License-Identifier: Apache-2.0
import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiHome4Line } from '@remixicon/react';

const rootRouteRef = createRouteRef();

const page = PageBlueprint.make({
  params: {
    path: '/',
    routeRef: rootRouteRef,
    title: 'Home',
    icon: <RiHome4Line />,
    loader: async () => {
      const { HomePage } = await import('./HomePage');
      return <HomePage />;
    },
  },
});

/** The first page: how the user's tenants are, and where to go from here. */
export const homePlugin = createFrontendPlugin({
  pluginId: 'home',
  title: 'Home',
  icon: <RiHome4Line />,
  routes: { root: rootRouteRef },
  extensions: [page],
});
