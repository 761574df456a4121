// SPDX-License-Identifier: Apache-2.0
import type { Readable } from 'node:stream';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  eventsServiceRef,
  type EventsServiceSubscribeOptions,
} from '@backstage/plugin-events-node';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import type {
  ModuleDetail,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsServiceRef } from '@tenantry/backstage-plugin-tenants-node';
import { searchModuleTenants } from './module';

const row: TenantRow = {
  name: 'analytics',
  version: 'v1',
  owner: 'group:default/team-analytics',
  tier: 'bronze',
  health: {
    code: 'Degraded',
    reason: 'OOMKilled',
    message: 'superset was killed for its memory.',
    counts: { Degraded: 1 },
  },
  environments: ['dev', 'production'].map(name => ({
    name,
    cluster: 'eu-west',
    code: 'Healthy' as const,
    state: 'Active',
    freshness: 'synced' as const,
  })),
  modules: ['superset', 'postgres'],
  pods: { ready: 1, total: 2 },
  restarts: 3,
};
const superset: ModuleDetail = {
  name: 'superset',
  displayName: 'Superset',
  description: 'Dashboards on SQL.',
  scope: 'tenant',
  lifecycle: 'production',
  links: [],
  runbook: '# When charts time out\nLook at the workers.',
  releases: [
    {
      version: '4.1.0',
      hash: 'h',
      delivery: 'manifests',
      dependencies: [],
      recommends: [],
      conflicts: [],
      provides: ['bi'],
      tierParameters: {},
      secrets: [],
      endpoints: [],
    },
  ],
  usedBy: [],
  health: {},
  tenants: 1,
};

async function startModule() {
  const collators = new Map<string, DocumentCollatorFactory>();
  const subscriptions: EventsServiceSubscribeOptions[] = [];
  const triggered: string[] = [];
  await startTestBackend({
    extensionPoints: [
      [
        searchIndexRegistryExtensionPoint,
        {
          addCollator: ({ factory }: { factory: DocumentCollatorFactory }) =>
            void collators.set(factory.type, factory),
        } as never,
      ],
    ],
    features: [
      searchModuleTenants,
      mockServices.scheduler.mock({
        createScheduledTaskRunner: () => ({ run: async () => {} }),
        triggerTask: async id => void triggered.push(id),
      }).factory,
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async () => {},
          subscribe: async subscription =>
            void subscriptions.push(subscription),
        }),
      }),
      createServiceFactory({
        service: tenantsServiceRef,
        deps: {},
        factory: () =>
          ({
            list: async () => [row],
            as: () => ({
              modules: {
                list: async () => ({ items: [{ name: 'superset' }] }),
                get: async () => superset,
              },
            }),
          } as never),
      }),
    ],
  });
  const read = async (type: string) => {
    const stream: Readable | undefined = await collators
      .get(type)
      ?.getCollator();
    return stream?.toArray();
  };
  return { collators, subscriptions, triggered, read };
}

describe('the search module', () => {
  it('finds a tenant by its health, environments and modules, for those who may read it', async () => {
    const { collators, read } = await startModule();
    expect(collators.get('tenants')?.visibilityPermission?.name).toBe(
      'tenants.tenant.read',
    );
    expect(await read('tenants')).toEqual([
      {
        title: 'analytics',
        text: 'Degraded: superset was killed for its memory. · group:default/team-analytics · bronze · dev · production · eu-west · postgres · superset',
        location: '/tenants/t/analytics',
        owner: 'group:default/team-analytics',
        tier: 'bronze',
        health: 'Degraded',
        reason: 'OOMKilled',
        environments: ['dev', 'production'],
        clusters: ['eu-west'],
        modules: ['postgres', 'superset'],
        authorization: { resourceRef: 'analytics' },
      },
    ]);
  });

  it('finds a module, and its runbook by itself', async () => {
    const { collators, read } = await startModule();
    expect(collators.get('tenantmodules')?.visibilityPermission?.name).toBe(
      'tenants.module.read',
    );
    expect(await read('tenantmodules')).toMatchObject([
      { title: 'Superset', part: 'module', defaultRelease: '4.1.0' },
      {
        title: 'Runbook of Superset',
        text: '# When charts time out\nLook at the workers.',
        location: '/tenants/modules/m/superset/runbook',
      },
    ]);
  });

  it('indexes tenants anew when one changed', async () => {
    const { subscriptions, triggered } = await startModule();
    expect(subscriptions.map(({ topics }) => topics)).toEqual([
      ['tenants.changed'],
    ]);
    await subscriptions[0].onEvent({
      topic: 'tenants.changed',
      eventPayload: {},
    });
    expect(triggered).toEqual(['search_index_tenants']);
  });
});
