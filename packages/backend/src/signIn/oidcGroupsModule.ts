// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import { oidcAuthenticator } from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  authProvidersExtensionPoint,
  createOAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { ownershipFromClaims } from './ownershipFromClaims';

/**
 * Signs people in with an OpenID Connect provider such as Authentik. What they own follows from the provider’s groups, so that
 * neither users nor memberships need to be in the catalogue. Configured under `auth.providers.oidc` as Backstage documents it.
 */
export const oidcGroupsModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'oidc-groups',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'oidc',
          factory: createOAuthProviderFactory({
            authenticator: oidcAuthenticator,
            signInResolver: async ({ result }, context) => {
              const { user, refs } = ownershipFromClaims(
                result.fullProfile.userinfo,
              );
              return context.issueToken({
                claims: { sub: user, ent: [...refs] },
              });
            },
          }),
        });
      },
    });
  },
});
