// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import {
  KubeError,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { FakeClock } from '../time/testing/FakeClock';
import { Interner } from './Interner';
import { ListGate } from './ListGate';
import type { PodObject } from './objects';
import { projectionOf } from './projections/projectionOf';
import { Reflector } from './Reflector';
import { Store } from './Store';

const pods: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  namespaced: true,
};

/** Lets everything that is ready run. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

function failure(details: Partial<KubeError> = {}): KubeError {
  return new KubeError('failed', {
    cluster: 'fake',
    resource: 'pods',
    reason: 'Unreachable',
    ...details,
  });
}

type Rig = {
  readonly api: FakeKubeApi;
  readonly clock: FakeClock;
  readonly store: Store<PodObject>;
  readonly changes: string[];
  readonly told: string[];
  readonly unreadable: Error[];
  readonly stop: () => Promise<void>;
  /** Names and phases in the store. */
  readonly held: () => readonly string[];
  readonly counts: () => { list: number; watch: number };
};

function start(api = new FakeKubeApi({ watchList: false })): Rig {
  const clock = new FakeClock();
  const changes: string[] = [];
  const told: string[] = [];
  const unreadable: Error[] = [];
  const store = new Store<PodObject>(({ type, object }) =>
    changes.push(`${type} ${object.name} ${object.uid}`),
  );
  const reflector = new Reflector<PodObject>({
    api,
    clock,
    random: () => 0.5,
    listGate: new ListGate(),
    watchList: { usable: true },
    type: pods,
    project: projectionOf('pods', new Interner()),
    sink: {
      get size() {
        return store.size;
      },
      replace: objects => store.replace(objects),
      upsert: object => store.upsert(object),
      remove: object => store.remove(object),
    },
    observer: {
      connected: () => told.push('connected'),
      disconnected: error => told.push(error ? 'failed' : 'ended'),
      heard: () => undefined,
      waiting: () => undefined,
      unreadable: error => unreadable.push(error),
      relisted: () => told.push('relisted'),
    },
  });
  const stopping = new AbortController();
  const running = reflector.run(stopping.signal);
  const count = (verb: string) =>
    api.requests.filter(request => request.verb === verb).length;
  return {
    api,
    clock,
    store,
    changes,
    told,
    unreadable,
    held: () => [...store.list()].map(o => `${o.name} ${o.phase}`).sort(),
    counts: () => ({ list: count('list'), watch: count('watch') }),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function pod(name: string, phase = 'Running', namespace = 'one') {
  return { metadata: { name, namespace }, status: { phase } };
}

let rig: Rig;
afterEach(async () => {
  await rig.stop();
  expectAllFreed();
});

function expectAllFreed(): void {
  expect(rig.api.openWatches).toBe(0);
  expect(rig.clock.waiting).toBe(0);
}

describe.each([true, false])('with WatchList %s', watchList => {
  it('holds what was there and follows what happens', async () => {
    const api = new FakeKubeApi({ watchList });
    api.write('pods', pod('a'));
    api.write('pods', pod('b'));
    rig = start(api);
    await settle();
    expect(rig.held()).toEqual(['a Running', 'b Running']);
    api.write('pods', pod('c', 'Pending'));
    api.write('pods', pod('a', 'Failed'));
    api.remove('pods', 'one', 'b');
    await settle();
    expect(rig.held()).toEqual(['a Failed', 'c Pending']);
    expect(rig.told.filter(word => word === 'connected')).toHaveLength(1);
  });

  it('lists again after a 410 in the stream, and tells deletions', async () => {
    const api = new FakeKubeApi({ watchList });
    api.write('pods', pod('a'));
    api.write('pods', pod('b'));
    rig = start(api);
    await settle();
    rig.changes.length = 0;
    api.send({ fail: failure({ status: 410, reason: 'Expired' }) });
    await settle();
    api.remove('pods', 'one', 'a');
    await rig.clock.advanceAsync(2_000);
    await settle();
    expect(rig.held()).toEqual(['b Running']);
    expect(rig.changes).toEqual([expect.stringMatching(/^deleted a /)]);
  });
});

it('lists again after a 410 as the status of the watch', async () => {
  rig = start();
  await settle();
  rig.api.failNext('watch', failure({ status: 410, reason: 'Expired' }));
  rig.api.send({ end: true });
  await rig.clock.advanceAsync(3_000);
  await settle();
  expect(rig.told.filter(word => word === 'relisted')).toHaveLength(2);
});

it('resumes without a list when the server ends the watch', async () => {
  rig = start();
  await settle();
  for (let i = 0; i < 10; i++) {
    await rig.clock.advanceAsync(1_000);
    rig.api.send({ end: true });
    rig.api.write('pods', pod(`p${i}`));
    await settle();
  }
  expect(rig.store.size).toBe(10);
  expect(rig.counts().list).toBe(1);
});

it('does not spin when each watch is ended at once', async () => {
  rig = start();
  await settle();
  const before = rig.counts().watch;
  for (let i = 0; i < 300; i++) {
    rig.api.send({ end: true });
    await rig.clock.advanceAsync(100, 100);
  }
  expect(rig.counts().watch - before).toBeLessThan(15);
});

it('backs off under errors: at most ten tries in a minute of refusals', async () => {
  const api = new FakeKubeApi({ watchList: false });
  for (let i = 0; i < 50; i++) {
    api.failNext(
      'list',
      failure({ status: 503, reason: 'ServiceUnavailable' }),
    );
  }
  rig = start(api);
  await settle();
  await rig.clock.advanceAsync(60_000);
  expect(rig.counts().list).toBeLessThanOrEqual(10);
  expect(rig.counts().list).toBeGreaterThanOrEqual(4);
});

it('obeys Retry-After', async () => {
  const api = new FakeKubeApi({ watchList: false });
  const busy = { status: 429, reason: 'TooManyRequests', retryAfterMs: 20_000 };
  api.failNext('list', failure(busy));
  rig = start(api);
  await settle();
  await rig.clock.advanceAsync(19_000);
  expect(rig.counts().list).toBe(1);
  await rig.clock.advanceAsync(6_000);
  expect(rig.counts().list).toBe(2);
});

it('resumes after an unreadable line, which it counts, without a list', async () => {
  rig = start();
  await settle();
  rig.api.send({ garbage: true });
  await settle();
  rig.api.write('pods', pod('a'));
  await rig.clock.advanceAsync(2_000);
  await settle();
  expect(rig.unreadable).toHaveLength(1);
  expect(rig.held()).toEqual(['a Running']);
  expect(rig.counts().list).toBe(1);
});

it('lists anew without an object that can never be read', async () => {
  rig = start();
  await settle();
  rig.api.write('pods', { metadata: { name: '', namespace: 'one' } });
  rig.api.write('pods', pod('a'));
  await rig.clock.advanceAsync(10_000);
  await settle();
  expect(rig.held()).toEqual(['a Running']);
  expect(rig.unreadable.length).toBeGreaterThan(1);
  expect(rig.told.at(-1)).toBe('connected');
});

it('does not believe one empty list', async () => {
  const api = new FakeKubeApi({ watchList: false });
  api.write('pods', pod('a'));
  rig = start(api);
  await settle();
  rig.changes.length = 0;
  api.emptyNextList('pods');
  api.send({ fail: failure({ status: 410, reason: 'Expired' }) });
  await rig.clock.advanceAsync(10_000);
  await settle();
  expect(rig.held()).toEqual(['a Running']);
  expect(rig.changes).toEqual([]);
});

it('does not believe empty lists of an older version', async () => {
  const api = new FakeKubeApi({ watchList: false });
  api.write('pods', pod('a'));
  rig = start(api);
  await settle();
  for (let i = 0; i < 3; i++) api.emptyNextList('pods', '7');
  api.send({ fail: failure({ status: 410, reason: 'Expired' }) });
  await rig.clock.advanceAsync(60_000);
  await settle();
  expect(rig.held()).toEqual(['a Running']);
  expect(rig.changes.filter(change => change.startsWith('deleted'))).toEqual(
    [],
  );
});

it('believes that all is gone when a second list says so', async () => {
  const api = new FakeKubeApi({ watchList: false });
  api.write('pods', pod('a'));
  rig = start(api);
  await settle();
  api.send({ fail: failure() });
  await settle();
  api.remove('pods', 'one', 'a');
  api.compact();
  await rig.clock.advanceAsync(30_000);
  await settle();
  expect(rig.held()).toEqual([]);
});

it('starts paging anew when the continue token expires', async () => {
  const api = new FakeKubeApi({ watchList: false });
  for (let i = 0; i < 1_200; i++) api.write('pods', pod(`p${i}`));
  const list = api.list.bind(api);
  let calls = 0;
  api.list = async (type, options) => {
    calls++;
    if (calls === 3) api.compact();
    return await list(type, options);
  };
  rig = start(api);
  await settle();
  expect(rig.store.size).toBe(1_200);
  expect(calls).toBe(6);
});

it('drops the objects of a kind it may no longer see, once that is confirmed, and asks rarely', async () => {
  const api = new FakeKubeApi({ watchList: false });
  api.write('pods', pod('a'));
  rig = start(api);
  await settle();
  api.allow('pods', false);
  api.send({ fail: failure() });
  await rig.clock.advanceAsync(4_000);
  expect(rig.held()).toEqual(['a Running']);
  await rig.clock.advanceAsync(10_000);
  expect(rig.held()).toEqual([]);
  const before = api.requests.length;
  await rig.clock.advanceAsync(120_000);
  expect(api.requests.length - before).toBeLessThanOrEqual(2);
  api.allow('pods', true);
  await rig.clock.advanceAsync(120_000);
  expect(rig.held()).toEqual(['a Running']);
});

it('asks at most twice a minute for a kind that is not served', async () => {
  const api = new FakeKubeApi({ watchList: true });
  api.serve('pods', false);
  rig = start(api);
  await settle();
  await rig.clock.advanceAsync(60_000);
  expect(api.requests.length).toBeLessThanOrEqual(2);
});

it('gives up WatchList when a server answers without ending the initial state', async () => {
  const api = new FakeKubeApi({ watchList: true });
  api.write('pods', pod('a'));
  const watch = api.watch.bind(api);
  api.watch = (type, options) =>
    watch(type, {
      ...options,
      sendInitialEvents: false,
      resourceVersion: options.resourceVersion ?? '0',
    });
  rig = start(api);
  await settle();
  expect(rig.held()).toEqual([]);
  await rig.clock.advanceAsync(12_000);
  await settle();
  expect(rig.held()).toEqual(['a Running']);
  expect(rig.counts().list).toBe(1);
});

describe('whatever happens', () => {
  beforeEach(() => {
    rig = start();
  });
  const names = ['a', 'b', 'c'];
  const step = fc.oneof(
    fc.record({
      do: fc.constant('write' as const),
      name: fc.constantFrom(...names),
      phase: fc.constantFrom('Running', 'Failed'),
    }),
    fc.record({
      do: fc.constant('remove' as const),
      name: fc.constantFrom(...names),
    }),
    fc.record({
      do: fc.constantFrom(
        'cut' as const,
        'end' as const,
        'expire' as const,
        'compact' as const,
        'garbage' as const,
        'bookmark' as const,
        'refuse' as const,
        'wait' as const,
      ),
    }),
  );
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  function apply(api: FakeKubeApi, action: Step): void {
    switch (action.do) {
      case 'write':
        api.write('pods', pod(action.name, action.phase));
        break;
      case 'remove':
        api.remove('pods', 'one', action.name);
        break;
      case 'cut':
        api.send({ fail: failure() });
        break;
      case 'end':
        api.send({ end: true });
        break;
      case 'expire':
        api.send({ fail: failure({ status: 410, reason: 'Expired' }) });
        break;
      case 'compact':
        api.compact();
        break;
      case 'garbage':
        api.send({ garbage: true });
        break;
      case 'bookmark':
        api.bookmark();
        break;
      case 'refuse':
        api.failNext(
          'watch',
          failure({ status: 500, reason: 'InternalError' }),
        );
        break;
      default:
    }
  }

  it('the store converges to the server’s list after any cut of the watch', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.tuple(step, fc.constantFrom(0, 100, 3_000)), {
          maxLength: 25,
        }),
        async (watchList, steps) => {
          const one = start(new FakeKubeApi({ watchList }));
          await settle();
          for (const [action, pause] of steps) {
            apply(one.api, action);
            if (pause > 0) await one.clock.advanceAsync(pause, pause);
          }
          await one.clock.advanceAsync(180_000, 5_000);
          await settle();
          const there = one.api
            .objects('pods')
            .map(o => `${o.metadata.uid} ${o.metadata.resourceVersion}`)
            .sort();
          const held = [...one.store.list()]
            .map(o => `${o.uid} ${o.resourceVersion}`)
            .sort();
          await one.stop();
          expect(held).toEqual(there);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('folding the changes gives what the store holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async steps => {
        const one = start();
        await settle();
        for (const action of steps) {
          apply(one.api, action);
          await one.clock.advanceAsync(1_500, 1_500);
        }
        const folded = new Set<string>();
        const twice: string[] = [];
        for (const change of one.changes) {
          const [type, , uid] = change.split(' ');
          if (type === 'added' && folded.has(String(uid))) twice.push(change);
          if (type === 'deleted') folded.delete(String(uid));
          else folded.add(String(uid));
        }
        const held = [...one.store.list()].map(o => o.uid).sort();
        await one.stop();
        expect([...folded].sort()).toEqual(held);
        expect(twice).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

it('lists in pages once the initial state of a watch broke off twice', async () => {
  const api = new FakeKubeApi({ watchList: true });
  api.write('pods', pod('a'));
  api.failNext('watch', failure());
  api.failNext('watch', failure());
  rig = start(api);
  await settle();
  await rig.clock.advanceAsync(60_000);
  expect(rig.held()).toEqual(['a Running']);
  expect(rig.counts().list).toBe(1);
});
