// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

const PAST_MS = 2 * 3_600_000;
// The portal remembers the claims a user last signed in with, so this is nobody else’s name.
const user = 'user:default/past';

/**
 * Issues tokens of the portal’s own that ended an hour ago: the clock is set back while one is issued. The framework hands no such
 * token to a browser, so it is told to `onToken`.
 */
export const createPastSignInModule = (onToken: (token: string) => void) =>
  createBackendModule({
    pluginId: 'auth',
    moduleId: 'past-sign-in',
    register(reg) {
      reg.registerInit({
        deps: { providers: authProvidersExtensionPoint },
        async init({ providers }) {
          providers.registerProvider({
            providerId: 'past',
            factory: createProxyAuthProviderFactory({
              authenticator: createProxyAuthenticator({
                defaultProfileTransform: async () => ({ profile: {} }),
                initialize: () => undefined,
                authenticate: async () => ({ result: user }),
              }),
              signInResolver: async (_, context) => {
                const now = Date.now;
                Date.now = () => now() - PAST_MS;
                try {
                  const issued = await context.issueToken({
                    claims: { sub: user, ent: [user] },
                  });
                  onToken(issued.token);
                  return issued;
                } finally {
                  Date.now = now;
                }
              },
            }),
          });
        },
      });
    },
  });
