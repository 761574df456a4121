// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import {
  KubeError,
  resourceName,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { FakeClock } from '../time/testing/FakeClock';
import { ClusterInformers } from './ClusterInformers';
import { reducedKindNames, watchCount, watchedType } from './watchedKinds';

const kinds = reducedKindNames.length;

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

class Rig {
  readonly api = new FakeKubeApi({ cluster: 'eu' });
  readonly clock = new FakeClock();
  readonly changed: string[] = [];
  cache!: ClusterInformers;
  private readonly stopping = new AbortController();
  private running?: Promise<void>;

  async start(...namespaces: string[]): Promise<void> {
    // What a token with rights in single namespaces only meets.
    for (const type of ['namespaces', 'pods', 'deployments.apps']) {
      this.api.allow(type, false, '');
    }
    this.cache = new ClusterInformers({
      api: this.api,
      clock: this.clock,
      random: () => 0.5,
      logger: mockServices.logger.mock(),
      onChange: namespace => this.changed.push(namespace),
      namespaces,
    });
    this.running = this.cache.run(this.stopping.signal);
    await settle();
  }

  put(namespace: string, ...pods: string[]): void {
    this.api.write('namespaces', { metadata: { name: namespace } });
    for (const name of pods) {
      this.api.write('pods', { metadata: { name, namespace } });
    }
  }

  pods(): readonly string[] {
    const pods = [...this.cache.listers.pods.list()];
    return pods.map(pod => `${pod.namespace}/${pod.name}`).sort();
  }

  namespaces(): readonly string[] {
    const all = [...this.cache.listers.namespaces.list()];
    return all.map(({ name }) => name).sort();
  }

  count(verb: string, resource: string): number {
    const { requests } = this.api;
    return requests.filter(r => r.verb === verb && r.resource === resource)
      .length;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});
afterEach(async () => {
  await rig.stop();
  expectAllFreed();
});

function expectAllFreed(): void {
  expect(rig.api.openWatches).toBe(0);
  expect(rig.clock.waiting).toBe(0);
}

it('holds the named namespaces and nothing else, without asking for more', async () => {
  rig.put('shop', 'web');
  rig.put('bank', 'vault');
  rig.put('other', 'secret');
  await rig.start('shop', 'bank');
  expect(rig.namespaces()).toEqual(['bank', 'shop']);
  expect(rig.pods()).toEqual(['bank/vault', 'shop/web']);
  expect(rig.cache.freshness).toBe('synced');
  expect(rig.cache.partial).toEqual([]);
  const asked = rig.api.requests.filter(({ resource }) => resource === 'pods');
  expect(new Set(asked.map(({ namespace }) => namespace))).toEqual(
    new Set(['shop', 'bank']),
  );
});

it('follows each namespace, and tells which one changed', async () => {
  rig.put('shop', 'web');
  rig.put('bank', 'vault');
  await rig.start('shop', 'bank');
  rig.changed.length = 0;
  rig.api.write('pods', { metadata: { name: 'api', namespace: 'bank' } });
  rig.api.remove('pods', 'shop', 'web');
  await settle();
  expect(rig.pods()).toEqual(['bank/api', 'bank/vault']);
  expect(rig.changed).toEqual(['bank', 'shop']);
});

it('lists one namespace anew without touching the others', async () => {
  rig.put('shop', 'web');
  rig.put('bank', 'vault');
  await rig.start('shop', 'bank');
  const expired = new KubeError('too old', {
    cluster: 'eu',
    resource: 'pods',
    reason: 'Expired',
    status: 410,
  });
  rig.api.send({ fail: expired }, 'pods');
  rig.api.remove('pods', 'shop', 'web');
  rig.api.write('pods', { metadata: { name: 'new', namespace: 'shop' } });
  rig.api.compact();
  await rig.clock.advanceAsync(5_000);
  await settle();
  expect(rig.pods()).toEqual(['bank/vault', 'shop/new']);
});

it('names a namespace it may not read, with the reason, and serves the others', async () => {
  rig.put('shop', 'web');
  rig.put('bank', 'vault');
  for (const kind of reducedKindNames) {
    rig.api.allow(resourceName(watchedType(kind)), false, 'bank');
  }
  await rig.start('shop', 'bank');
  await rig.clock.advanceAsync(15_000);
  expect(rig.pods()).toEqual(['shop/web']);
  expect(rig.cache.freshness).toBe('synced');
  expect(rig.cache.partial).toEqual([
    {
      cluster: 'eu',
      namespace: 'bank',
      reason: 'Forbidden',
      message: expect.stringMatching(
        /may not list anything in namespace "bank".*docs\/namespace-role.yaml/,
      ),
    },
  ]);
});

it('names the one kind that is forbidden in one namespace', async () => {
  rig.put('shop', 'web');
  rig.put('bank', 'vault');
  rig.api.allow('pods', false, 'bank');
  await rig.start('shop', 'bank');
  await rig.clock.advanceAsync(15_000);
  expect(rig.cache.partial).toEqual([
    expect.objectContaining({
      kind: 'Pod',
      namespace: 'bank',
      reason: 'Forbidden',
    }),
  ]);
  expect(rig.namespaces()).toEqual(['bank', 'shop']);
  const pods = rig.cache.status.kinds.find(({ kind }) => kind === 'Pod');
  expect(pods).toMatchObject({ state: 'synced', objects: 1 });
});

it('says that a namespace is not there, and takes it in when it comes', async () => {
  rig.put('shop');
  await rig.start('shop', 'bank');
  expect(rig.cache.freshness).toBe('synced');
  expect(rig.cache.partial).toEqual([
    expect.objectContaining({
      kind: 'Namespace',
      namespace: 'bank',
      message: expect.stringContaining('There is no namespace "bank"'),
    }),
  ]);
  rig.put('bank', 'vault');
  await rig.clock.advanceAsync(100_000);
  expect(rig.namespaces()).toEqual(['bank', 'shop']);
  expect(rig.cache.partial).toEqual([]);
});

describe('a namespace that may be read but not watched', () => {
  it('is read every minute, so that a new label arrives', async () => {
    rig.put('shop');
    await rig.start('shop');
    const before = rig.count('get', 'namespaces');
    rig.api.write('namespaces', {
      metadata: { name: 'shop', labels: { tier: 'gold' } },
    });
    await rig.clock.advanceAsync(60_000);
    const { labels } = rig.cache.listers.namespaces.get('', 'shop') ?? {};
    expect(labels).toEqual({ tier: 'gold' });
    await rig.clock.advanceAsync(540_000, 5_000);
    const asked = rig.count('get', 'namespaces') - before;
    expect(asked).toBeGreaterThanOrEqual(9);
    expect(asked).toBeLessThanOrEqual(13);
    expect(rig.count('watch', 'namespaces')).toBe(1);
  });

  it('is dropped when it is gone, once that is confirmed', async () => {
    rig.put('shop', 'web');
    await rig.start('shop');
    rig.api.remove('namespaces', '', 'shop');
    await rig.clock.advanceAsync(70_000);
    expect(rig.namespaces()).toEqual(['shop']);
    await rig.clock.advanceAsync(60_000);
    expect(rig.namespaces()).toEqual([]);
  });
});

it('follows a namespace by its name where that is allowed', async () => {
  rig.put('shop');
  rig.put('bank');
  await rig.start('shop', 'bank');
  await rig.stop();
  rig = new Rig();
  rig.put('shop');
  const allow = rig.api.allow.bind(rig.api);
  rig.api.allow = (resource, allowed, namespace) => {
    if (resource !== 'namespaces') allow(resource, allowed, namespace);
  };
  await rig.start('shop');
  const asked = rig.count('get', 'namespaces');
  rig.api.write('namespaces', {
    metadata: { name: 'shop', labels: { tier: 'gold' } },
  });
  await settle();
  const { labels } = rig.cache.listers.namespaces.get('', 'shop') ?? {};
  expect(labels).toEqual({ tier: 'gold' });
  rig.api.remove('namespaces', '', 'shop');
  await settle();
  expect(rig.namespaces()).toEqual([]);
  expect(rig.count('get', 'namespaces')).toBe(asked);
});

it('opens one watch for each kind and namespace, of which only so many begin at once', async () => {
  const names = Array.from({ length: 50 }, (_, i) => `team-${i}`);
  for (const name of names) rig.put(name, 'web');
  let most = 0;
  const watch = rig.api.watch.bind(rig.api);
  const beginning = new Set<object>();
  rig.api.watch = (type, options) => {
    if (options.sendInitialEvents) beginning.add(options);
    most = Math.max(most, beginning.size);
    return begun(watch(type, options), () => beginning.delete(options));
  };
  await rig.start(...names);
  for (let i = 0; i < 40; i++) await settle();
  expect(rig.cache.freshness).toBe('synced');
  expect(rig.pods()).toHaveLength(50);
  expect(rig.cache.watches).toBe(50 * kinds);
  expect(watchCount(names)).toBe(50 * kinds);
  expect(most).toBeLessThanOrEqual(32);
});

/** Tells the first bookmark of a watch. */
async function* begun<T extends { readonly type: string }>(
  events: AsyncGenerator<T, void, void>,
  onBegun: () => void,
): AsyncGenerator<T, void, void> {
  try {
    for await (const event of events) {
      if (event.type === 'BOOKMARK') onBegun();
      yield event;
    }
  } finally {
    onBegun();
  }
}
