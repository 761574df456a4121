// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type {
  Freshness,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { entityOptions } from '../__testUtils__/entityOptions';
import {
  TenantEntityProvider,
  type TenantSource,
} from './TenantEntityProvider';

function row(name: string, overrides: Partial<TenantRow> = {}): TenantRow {
  return {
    name,
    version: 'v1',
    owner: 'group:default/team-payments',
    tier: 'gold',
    health: { code: 'Healthy', counts: {} } as TenantRow['health'],
    environments: [environment('eu-west')],
    modules: [],
    pods: { ready: 1, total: 1 },
    restarts: 0,
    ...overrides,
  };
}

function environment(cluster: string, state = 'Active') {
  return {
    name: 'default',
    cluster,
    code: 'Healthy' as const,
    state,
    freshness: 'synced' as const,
  };
}

class FakeSource implements TenantSource {
  tenants: TenantRow[] = [];
  freshness: Record<string, Freshness> = {
    'eu-west': 'synced',
    'us-east': 'synced',
  };
  reads = 0;

  async read() {
    this.reads += 1;
    const clusters = Object.entries(this.freshness).map(
      ([name, freshness]) => ({ name, freshness }),
    );
    return { tenants: this.tenants, clusters, modules: new Set<string>() };
  }
}

class FakeEvents implements EventsService {
  topics: string[] = [];
  private onEvent: (() => Promise<void>) | undefined;

  async publish() {
    await this.onEvent?.();
  }

  async subscribe(options: Parameters<EventsService['subscribe']>[0]) {
    this.topics = options.topics;
    this.onEvent = () => options.onEvent({ topic: 'x', eventPayload: {} });
  }
}

async function connectedProvider() {
  const source = new FakeSource();
  const events = new FakeEvents();
  const mutations: EntityProviderMutation[] = [];
  const state = { isBroken: false };
  const provider = new TenantEntityProvider({
    source,
    events,
    logger: mockServices.logger.mock(),
    entities: entityOptions,
    taskRunner: { run: async () => undefined },
  });
  await provider.connect({
    refresh: async () => undefined,
    async applyMutation(mutation) {
      if (state.isBroken) throw new Error('the catalogue is down');
      mutations.push(mutation);
    },
  });
  return { provider, source, events, mutations, state };
}

function namesOf(mutation: EntityProviderMutation | undefined) {
  if (mutation?.type === 'full') {
    return { full: mutation.entities.map(e => e.entity.metadata.name) };
  }
  return {
    added: mutation?.added.map(e => e.entity.metadata.name),
    removed: mutation?.removed.map(e =>
      'entityRef' in e ? e.entityRef : e.entity.metadata.name,
    ),
  };
}

it('replaces everything once when every cluster is synced', async () => {
  const { provider, source, mutations } = await connectedProvider();
  source.tenants = [row('a'), row('b')];
  await provider.refresh();
  expect(mutations.map(namesOf)).toEqual([{ full: ['a', 'b'] }]);
});

it('writes nothing when nothing in the catalogue would differ', async () => {
  const { provider, source, mutations } = await connectedProvider();
  source.tenants = [row('a')];
  await provider.refresh();
  source.tenants = [
    row('a', { version: 'v2', restarts: 9, pods: { ready: 0, total: 1 } }),
  ];
  await provider.refresh();
  expect(mutations).toHaveLength(1);
});

it('writes a tenant again when one of its modules is reached elsewhere, and only then', async () => {
  const { provider, source, mutations } = await connectedProvider();
  const at = (host: string) =>
    row('a', {
      endpoints: [
        {
          url: `https://${host}/`,
          module: 'superset',
          environment: 'prod',
          cluster: 'eu-west',
        },
      ],
    });
  source.tenants = [at('old.example')];
  await provider.refresh();
  source.tenants = [{ ...at('old.example'), version: 'v2', restarts: 3 }];
  await provider.refresh();
  expect(mutations).toHaveLength(1);
  source.tenants = [at('new.example')];
  await provider.refresh();
  expect(namesOf(mutations[1])).toEqual({ added: ['a'], removed: [] });
});

it('only adds while a cluster has not been synced yet', async () => {
  const { provider, source, mutations } = await connectedProvider();
  source.freshness['us-east'] = 'refreshing';
  source.tenants = [row('a')];
  await provider.refresh();
  expect(mutations.map(namesOf)).toEqual([{ added: ['a'], removed: [] }]);
});

it('replaces nothing while no cluster is known', async () => {
  const { provider, source, mutations } = await connectedProvider();
  source.freshness = {};
  await provider.refresh();
  expect(mutations).toEqual([]);
});

it('writes only what differs after the first replacement', async () => {
  const { provider, source, mutations } = await connectedProvider();
  source.tenants = [row('a'), row('b'), row('c')];
  await provider.refresh();
  source.tenants = [row('a'), row('b', { owner: 'user:default/pia' })];
  await provider.refresh();
  expect(namesOf(mutations[1])).toEqual({
    added: ['b'],
    removed: ['resource:default/c'],
  });
});

it('removes nothing that lived on a cluster which cannot be reached', async () => {
  const { provider, source, mutations } = await connectedProvider();
  const both = [environment('eu-west'), environment('us-east')];
  source.tenants = [row('a', { environments: both }), row('b')];
  await provider.refresh();
  source.freshness['us-east'] = 'stale';
  source.tenants = [];
  await provider.refresh();
  expect(namesOf(mutations[1])).toEqual({
    added: [],
    removed: ['resource:default/b'],
  });
  source.freshness['us-east'] = 'synced';
  await provider.refresh();
  expect(namesOf(mutations[2]).removed).toEqual(['resource:default/a']);
});

it('keeps what it knew of a tenant while one of its clusters cannot be seen', async () => {
  const { provider, source, mutations } = await connectedProvider();
  const both = [environment('eu-west'), environment('us-east')];
  source.tenants = [row('a', { environments: both })];
  await provider.refresh();
  source.freshness['us-east'] = 'stale';
  source.tenants = [row('a')];
  await provider.refresh();
  expect(mutations).toHaveLength(1);
});

it('leaves out a tenant of which only retained environments are left', async () => {
  const { provider, source, mutations } = await connectedProvider();
  source.tenants = [
    row('a'),
    row('gone', { environments: [environment('eu-west', 'Retained')] }),
  ];
  await provider.refresh();
  expect(namesOf(mutations[0])).toEqual({ full: ['a'] });
});

it('refreshes when a change is announced', async () => {
  const { events, source, mutations } = await connectedProvider();
  source.tenants = [row('a')];
  await events.publish();
  expect(events.topics).toEqual(['tenants.changed']);
  expect(namesOf(mutations[0])).toEqual({ full: ['a'] });
});

it('reads at most twice for any number of announcements at once', async () => {
  const { events, source } = await connectedProvider();
  await Promise.all(Array.from({ length: 50 }, () => events.publish()));
  expect(source.reads).toBe(2);
});

it('writes again what the catalogue failed to take', async () => {
  const { provider, source, mutations, state } = await connectedProvider();
  source.tenants = [row('a')];
  state.isBroken = true;
  await expect(provider.refresh()).rejects.toThrow('the catalogue is down');
  state.isBroken = false;
  await provider.refresh();
  expect(mutations.map(namesOf)).toEqual([{ full: ['a'] }]);
});
