// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { tenantListSchema } from '@tenantry/backstage-plugin-tenants-common';
import { answerParent } from '../answerParent';
import { createCatalog, createAuthPlugin } from './portalServices';
import { benchPolicyModule } from './benchPolicy';
import { freePort } from './freePort';
import { tenantName } from './tenantName';
import { UserTokens } from './UserTokens';

export type PortalInput = {
  /** With our plugin, or with the Kubernetes plugin alone. */
  readonly side: 'ours' | 'peer';
  readonly cluster: {
    readonly url: string;
    readonly token: string;
    readonly caData?: string;
  };
  readonly tenants: number;
};

export type PortalAddress = {
  readonly url: string;
  /** Of 200 distinct users, each in all teams. */
  readonly userTokens: readonly string[];
};

const USERS = 200;
const TEAMS = ['analytics', 'payments', 'search'].map(
  name => `group:default/team-${name}`,
);
const GROUPS = [...TEAMS, 'group:default/platform-team'];
const ASK_EVERY_MS = 100;
const UNLIMITED = 1_000_000;

function configOf({ cluster }: PortalInput, port: number) {
  const { url, token, caData } = cluster;
  const baseUrl = `http://127.0.0.1:${port}`;
  return new ConfigReader({
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    permission: { enabled: true },
    events: { useEventBus: 'never' },
    // Counted as always, but not refused: a benchmark reads as fast as it can.
    tenants: {
      limits: { cheapPerMinute: UNLIMITED, expensivePerMinute: UNLIMITED },
      logs: { bytesPerSecond: 1024 ** 3 },
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'singleTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'bench',
              url,
              authProvider: 'serviceAccount',
              serviceAccountToken: token,
              skipMetricsLookup: true,
              ...(caData ? { caData } : {}),
            },
          ],
        },
      ],
    },
  });
}

async function startBackend(
  input: PortalInput,
  tokens: UserTokens,
): Promise<string> {
  const port = await freePort();
  const config = configOf(input, port);
  const names = Array.from({ length: input.tenants }, (_, i) => tenantName(i));
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => config,
    }),
  );
  backend.add(
    // Without a log line for each request, for both sides alike.
    rootHttpRouterServiceFactory({
      configure({ app, routes, middleware }) {
        app.use(middleware.helmet());
        app.use(middleware.cors());
        app.use(middleware.compression());
        app.use(routes);
        app.use(middleware.notFound());
        app.use(middleware.error());
      },
    }),
  );
  backend.add(createAuthPlugin(tokens, GROUPS));
  backend.add(createCatalog(names));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(benchPolicyModule);
  backend.add(import('@backstage/plugin-kubernetes-backend'));
  if (input.side === 'ours') {
    backend.add(import('@tenantry/backstage-plugin-tenants-backend'));
    backend.add(
      import('@tenantry/backstage-plugin-kubernetes-backend-module-tenants'),
    );
  }
  await backend.start();
  return `http://127.0.0.1:${port}`;
}

/** Waits until every tenant is there: the last one is derived last. */
async function waitForTenants(url: string, token: string, count: number) {
  const headers = { authorization: `Bearer ${token}` };
  const list = `${url}/api/tenants/v1/tenants?limit=1`;
  for (;;) {
    const answer = await fetch(list, { headers });
    if (!answer.ok)
      throw new Error(
        `${list} answered ${answer.status}: ${(await answer.text()).slice(
          0,
          300,
        )}`,
      );
    const { totalItems } = tenantListSchema.parse(await answer.json());
    if (totalItems === count) return;
    await sleep(ASK_EVERY_MS);
  }
}

const handlers = {
  start: async (input: PortalInput): Promise<PortalAddress> => {
    const tokens = new UserTokens();
    const url = await startBackend(input, tokens);
    const userTokens = Array.from({ length: USERS }, (_, i) =>
      tokens.issue(`user:default/user-${i}`),
    );
    if (input.side === 'ours') {
      await waitForTenants(url, userTokens[0], input.tenants);
    }
    return { url, userTokens };
  },
};

/** What the portal’s process answers. */
export type PortalHandlers = typeof handlers;

answerParent(handlers);
