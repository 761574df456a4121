// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
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
} from '@tenantry/backstage-plugin-tenants-node';
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
};

/** A running backend with the plugin on fakes: one cluster, and the tenants `shop` of ann and `bank` of bob. */
export async function startTenantsBackend({
  config = {},
  derivation = fakeDerivation,
}: Options = {}) {
  const clusters = new FakeClusters();
  const clock = new FakeClock();
  const policy = new FakePolicy();
  const previews = createPolicyPreviewRegistry();
  const published: EventParams[] = [];
  putTenants(clusters);
  const backend = await startTestBackend({
    features: [
      createTenantsPlugin({
        clusters: () => clusters,
        derivation: () => derivation,
        clock,
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => policy,
      }),
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
