// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import Router from 'express-promise-router';
import type { UserTokens } from './UserTokens';

/** What of the auth plugin the framework asks for: the keys that tokens are verified with, and whom a user speaks for. */
export function createAuthPlugin(
  tokens: UserTokens,
  groups: readonly string[],
) {
  return createBackendPlugin({
    pluginId: 'auth',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, auth: coreServices.httpAuth },
        async init({ http, auth }) {
          const path = '/.well-known/jwks.json';
          const router = Router();
          router.get(path, (_, res) => void res.json(tokens.keySet()));
          router.get('/v1/userinfo', async (req, res) => {
            const { principal } = await auth.credentials(req, {
              allow: ['user'],
              allowLimitedAccess: true,
            });
            const sub = principal.userEntityRef;
            res.json({ claims: { sub, ent: [sub, ...groups] } });
          });
          http.use(router);
          http.addAuthPolicy({ path, allow: 'unauthenticated' });
          http.addAuthPolicy({ path: '/v1/userinfo', allow: 'user-cookie' });
        },
      });
    },
  });
}

/**
 * A catalogue that answers from memory, faster than any real one: an entity per tenant with the annotations by which the Kubernetes
 * plugin finds its objects.
 */
export function createCatalog(tenants: readonly string[]) {
  const entities = tenants.map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'backstage.io/kubernetes-namespace': `${name}-prod`,
        'backstage.io/kubernetes-label-selector': `tenantry.dev/tenant=${name}`,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team' },
  }));
  const byRef = new Map(entities.map(e => [e.metadata.name, e]));
  const catalog = {
    ...catalogServiceMock({ entities: [] }),
    getEntityByRef: async (ref: string | { name: string }) =>
      byRef.get(typeof ref === 'string' ? ref.split('/')[1] : ref.name),
  };
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => catalog,
  });
}
