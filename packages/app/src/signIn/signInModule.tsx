// SPDX-License-Identifier: Apache-2.0
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => {
      const { PortalSignInPage } = await import('./PortalSignInPage');
      return PortalSignInPage;
    },
  },
});

/** Signs personas of the demo in without asking; elsewhere shows the page of the portal's providers. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [signInPage],
});
