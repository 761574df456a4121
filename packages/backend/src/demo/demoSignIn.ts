// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import type { Persona } from './personas';

/** The page says with this header whom to sign in. A foreign page cannot send it: browsers ask first, and are told no. */
export const PERSONA_HEADER = 'x-tenantry-persona';

function findPersona(
  personas: readonly Persona[],
  name: string | undefined,
): Persona {
  const persona = personas.find(candidate => candidate.name === name);
  if (!persona) {
    throw new NotAllowedError(
      `The demo has no such persona. It has: ${personas
        .map(p => p.name)
        .join(', ')}.`,
    );
  }
  return persona;
}

/** Signs personas in without a password. Only for a portal that listens on loopback. */
export function createDemoSignInModule(personas: readonly Persona[]) {
  const authenticator = createProxyAuthenticator<undefined, Persona, undefined>(
    {
      defaultProfileTransform: async ({ title }) => ({
        profile: { displayName: title },
      }),
      initialize: () => undefined,
      authenticate: async ({ req }) => ({
        result: findPersona(personas, req.get(PERSONA_HEADER)),
      }),
    },
  );
  return createBackendModule({
    pluginId: 'auth',
    moduleId: 'demo-sign-in',
    register(reg) {
      reg.registerInit({
        deps: { providers: authProvidersExtensionPoint },
        async init({ providers }) {
          providers.registerProvider({
            providerId: 'demo',
            factory: createProxyAuthProviderFactory({
              authenticator,
              signInResolver: ({ result }, context) =>
                context.signInWithCatalogUser({
                  entityRef: { kind: 'user', name: result.name },
                }),
            }),
          });
        },
      });
    },
  });
}
