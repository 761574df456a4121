// SPDX-License-Identifier: Apache-2.0
import { createApp } from '@backstage/frontend-defaults';
import { homePlugin } from './home/homePlugin';
import { navModule } from './nav/navModule';
import { personasPlugin } from './signIn/personasPlugin';
import { signInModule } from './signIn/signInModule';

/** The demo portal: installs the plugins and adds nothing but the frame around them. */
export const app = createApp({
  features: [navModule, signInModule, homePlugin, personasPlugin],
});
