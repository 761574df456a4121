// SPDX-License-Identifier: Apache-2.0
import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiUserSharedLine } from '@remixicon/react';

const rootRouteRef = createRouteRef();

const page = PageBlueprint.make({
  params: {
    path: '/personas',
    routeRef: rootRouteRef,
    title: 'Personas of the demo',
    icon: <RiUserSharedLine />,
    loader: async () => {
      const { PersonasPage } = await import('./PersonasPage');
      return <PersonasPage />;
    },
  },
});

/** The page that switches between personas of the demo. */
export const personasPlugin = createFrontendPlugin({
  pluginId: 'personas',
  title: 'Personas of the demo',
  icon: <RiUserSharedLine />,
  routes: { root: rootRouteRef },
  extensions: [page],
});
