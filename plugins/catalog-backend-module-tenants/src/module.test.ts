// SPDX-License-Identifier: Apache-2.0
import {
  createServiceFactory,
  type SchedulerServiceTaskInvocationDefinition,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  catalogProcessingExtensionPoint,
  type EntityProvider,
  type EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import {
  type TenantsService,
  tenantsServiceRef,
} from '@tenantry/backstage-plugin-tenants-node';
import { catalogModuleTenants } from './module';

const tenants: TenantsService = {
  async list() {
    return [
      {
        name: 'payments',
        version: 'v1',
        health: { code: 'Healthy', counts: {} } as never,
        environments: [
          {
            name: 'default',
            cluster: 'eu-west',
            code: 'Healthy',
            state: 'Active',
            freshness: 'synced',
          },
        ],
        modules: [],
        pods: { ready: 1, total: 1 },
        restarts: 0,
      },
    ];
  },
  as: () =>
    ({
      modules: { list: async () => ({ items: [], status: [] }) },
    } as never),
  get: async () => undefined,
  async getPlatform() {
    return {
      version: 'v1',
      clusters: [{ name: 'eu-west', freshness: 'synced', kinds: [] }],
      tenants: {},
      problems: [],
    };
  },
};

it('gives the catalogue what the Tenantry backend knows, with the configured owner where there is none', async () => {
  const tasks: SchedulerServiceTaskInvocationDefinition[] = [];
  const mutations: EntityProviderMutation[] = [];
  const providers: EntityProvider[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        catalogProcessingExtensionPoint,
        {
          addEntityProvider: (...added: EntityProvider[]) =>
            providers.push(...added),
        } as never,
      ],
    ],
    features: [
      catalogModuleTenants,
      mockServices.scheduler.mock({
        createScheduledTaskRunner: () => ({
          run: async task => {
            tasks.push(task);
          },
        }),
      }).factory,
      createServiceFactory({
        service: tenantsServiceRef,
        deps: {},
        factory: () => tenants,
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example/' },
          catalog: {
            providers: {
              tenants: {
                defaultOwner: 'group:default/unowned',
              },
            },
          },
        },
      }),
    ],
  });

  const [provider] = providers;
  expect(provider.getProviderName()).toBe('tenants');
  await provider.connect({
    applyMutation: async mutation => {
      mutations.push(mutation);
    },
    refresh: async () => undefined,
  });
  await tasks[0].fn(new AbortController().signal);
  expect(mutations[0]).toMatchObject({
    type: 'full',
    entities: [
      {
        locationKey: 'tenants',
        entity: {
          kind: 'Resource',
          metadata: {
            name: 'payments',
            links: [{ url: 'https://portal.example/tenants/t/payments' }],
          },
          spec: { type: 'tenant', owner: 'group:default/unowned' },
        },
      },
    ],
  });
  await backend.stop();
});
