// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AuthService,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import {
  type CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';

const ASK_EVERY_MS = 250;

type Options = {
  /** Name of the user that must be known before anybody can sign in. */
  readonly userName: string;
  readonly onReady: () => void;
  readonly onStop: () => Promise<void>;
};

async function waitForUser(
  services: { auth: AuthService; catalog: CatalogService },
  userName: string,
  signal: AbortSignal,
): Promise<void> {
  const credentials = await services.auth.getOwnServiceCredentials();
  const ref = { kind: 'User', namespace: 'default', name: userName };
  while (!signal.aborted) {
    const user = await services.catalog
      .getEntityByRef(ref, { credentials })
      .catch(() => undefined);
    // Who signs in before the catalogue has joined users and groups gets a token without groups.
    if (user?.relations?.some(({ type }) => type === RELATION_MEMBER_OF))
      return;
    await sleep(ASK_EVERY_MS, undefined, { signal });
  }
}

/** Says that the portal can be used once its users are in the catalogue, and cleans up at the end. */
export function createAnnouncePlugin(options: Options) {
  return createBackendPlugin({
    pluginId: 'demo',
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          lifecycle: coreServices.lifecycle,
        },
        async init({ auth, catalog, lifecycle }) {
          const stopping = new AbortController();
          lifecycle.addShutdownHook(async () => {
            stopping.abort();
            await options.onStop();
          });
          lifecycle.addStartupHook(() => {
            waitForUser({ auth, catalog }, options.userName, stopping.signal)
              .then(options.onReady)
              .catch(() => undefined);
          });
        },
      });
    },
  });
}
