// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  eventsServiceRef,
  type EventParams,
} from '@backstage/plugin-events-node';
import type { JsonObject } from '@backstage/types';
import {
  createPolicyPreviewRegistry,
  policyPreviewRegistryRef,
  tenantsModuleDefinitionsExtensionPoint,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Planner } from '../modules/Planner';
import type { OperationExecutor } from '../operations/OperationExecutor';
import { clockTime } from '../operations/store/DatabaseTime';
import { FakePlanner } from '../operations/testing/FakePlanner';
import { createTenantsPlugin } from '../plugin';
import type { TenantDerivation } from '../snapshots/TenantDerivation';
import { FakeClock } from '../time/testing/FakeClock';
import { FakeClusters } from './FakeClusters';
import { fakeDerivation, tenantNamespace } from './fakeDerivation';
import { FakePolicy } from './FakePolicy';
import { StreamReader } from './StreamReader';

/** The users of the tests. */
export const USERS = {
  ann: 'user:default/ann',
  bob: 'user:default/bob',
} as const;

export type User = keyof typeof USERS;

type Options = {
  /** Configuration of the portal. */
  readonly config?: JsonObject;
  /** What tenants are made of; their namespaces alone when left out. */
  readonly derivation?: TenantDerivation;
  /** Text of the module definitions. */
  readonly definitions?: string;
  readonly planner?: Planner;
  readonly executors?: readonly OperationExecutor[];
};

const oneModule = 'modules:\n  web: { description: Pages }\n';

/** A running backend with the plugin on fakes: one cluster, and the tenants `shop` of ann and `bank` of bob. */
export async function startTenantsBackend({
  config = {},
  derivation = fakeDerivation,
  definitions = oneModule,
  planner = new FakePlanner(),
  executors = [],
}: Options = {}) {
  const clusters = new FakeClusters();
  const clock = new FakeClock();
  const policy = new FakePolicy();
  const previews = createPolicyPreviewRegistry();
  const published: EventParams[] = [];
  const actions = actionsRegistryServiceMock();
  putTenants(clusters);
  const backend = await startTestBackend({
    features: [
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      createTenantsPlugin({
        clusters: () => clusters,
        derivation: () => derivation,
        clock,
        operations: () => ({ planner, executors, time: clockTime(clock) }),
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => policy,
      }),
      definitionsFrom(definitions),
      eventsInto(published),
      mockServices.rootConfig.factory({ data: config }),
      catalogServiceMock.factory({
        entities: Object.values(USERS).map(toUser),
      }),
      createServiceFactory({
        service: policyPreviewRegistryRef,
        deps: {},
        factory: () => previews,
      }),
    ],
  });
  clock.advance(50);
  const url = `http://127.0.0.1:${backend.server.port()}/api/tenants`;
  return {
    actions,
    clusters,
    clock,
    policy,
    previews,
    published,
    url,
    stop: () => backend.stop(),
    ...createClient(url),
  };
}

function toUser(ref: string): Entity {
  const { namespace, name } = parseEntityRef(ref);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { namespace, name },
  };
}

function putTenants(clusters: FakeClusters): void {
  const owners = { shop: USERS.ann, bank: USERS.bob };
  clusters.setCluster('east');
  for (const [tenant, owner] of Object.entries(owners)) {
    const namespace = tenantNamespace(`${tenant}-prod`, { tenant, owner });
    clusters.putNamespace('east', namespace);
  }
}

function definitionsFrom(text: string) {
  return createBackendModule({
    pluginId: 'tenants',
    moduleId: 'test-definitions',
    register(env) {
      env.registerInit({
        deps: { definitions: tenantsModuleDefinitionsExtensionPoint },
        async init({ definitions }) {
          const read = async () => [{ path: 'test.yaml', text }];
          definitions.addSource({ id: 'test', read });
        },
      });
    },
  });
}

function eventsInto(published: EventParams[]) {
  return createServiceFactory({
    service: eventsServiceRef,
    deps: {},
    factory: () => ({
      publish: async event => {
        published.push(event);
      },
      subscribe: async () => {},
    }),
  });
}

function createClient(url: string) {
  const headersOf = (user: User) => ({
    Authorization: mockCredentials.user.header(USERS[user]),
  });
  return {
    /** Gets a path as a user. */
    get: (path: string, user: User, headers: Record<string, string> = {}) =>
      fetch(`${url}${path}`, { headers: { ...headersOf(user), ...headers } }),
    /** Posts a body as a user. */
    post: (
      path: string,
      user: User,
      { body, headers = {} }: { body?: unknown; headers?: object } = {},
    ) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: {
          ...headersOf(user),
          'Content-Type': 'application/json',
          ...headers,
        },
        body: JSON.stringify(body ?? {}),
      }),
    /** Opens a stream as a user. */
    stream: (body: unknown, user: User) =>
      StreamReader.open(`${url}/v1/stream`, {
        method: 'POST',
        headers: { ...headersOf(user), 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    /** Reads logs as a user. */
    logs: (path: string, user: User) =>
      StreamReader.open(`${url}${path}`, { headers: headersOf(user) }),
  };
}
