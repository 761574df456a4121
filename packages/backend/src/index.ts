// SPDX-License-Identifier: Apache-2.0
import { createBackend } from '@backstage/backend-defaults';
import { addPortalFeatures } from './portalFeatures';
import { oidcGroupsModule } from './signIn/oidcGroupsModule';

// The portal as an organisation would run it: clusters and sign-in come from the configuration.
const backend = createBackend();
addPortalFeatures(backend);
// Carries events between several processes. One process needs no bus.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
// Does nothing until auth.providers.oidc is configured.
backend.add(oidcGroupsModule);
backend.add(
  import('@tenantry/backstage-plugin-permission-backend-module-tenants'),
);
backend.start();
