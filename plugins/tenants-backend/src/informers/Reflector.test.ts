// SPDX-License-Identifier: Apache-2.0
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import {
  failure,
  pod,
  settle,
  startReflector as start,
  type ReflectorRig,
} from './testing/startReflector';

let rig: ReflectorRig;
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

describe('a kind that is served in an older version only', () => {
  let asked: string[];
  function serveOnly(api: FakeKubeApi, versions: readonly string[]): void {
    const watch = api.watch.bind(api);
    const list = api.list.bind(api);
    const check = (version: string) => {
      asked.push(version);
      if (!versions.includes(version)) throw failure({ status: 404 });
    };
    api.list = async (type, options) => {
      check(type.version);
      return await list(type, options);
    };
    api.watch = (type, options) => {
      check(type.version);
      return watch(type, options);
    };
  }
  beforeEach(() => {
    asked = [];
  });

  it('is read in that version, at once', async () => {
    const api = new FakeKubeApi({ watchList: false });
    api.write('pods', pod('a'));
    serveOnly(api, ['v1beta1']);
    rig = start(api, { olderVersions: ['v1beta1'] });
    await settle();
    expect(rig.held()).toEqual(['a Running']);
    expect(rig.told).not.toContain('failed');
  });

  it('is refused once, and asked for rarely, when no version is served', async () => {
    const api = new FakeKubeApi({ watchList: false });
    serveOnly(api, []);
    rig = start(api, { olderVersions: ['v1beta1'] });
    await settle();
    expect(rig.told).toEqual(['failed']);
    expect(new Set(asked)).toEqual(new Set(['v1', 'v1beta1']));
    const before = asked.length;
    await rig.clock.advanceAsync(60_000);
    expect(asked.length - before).toBeLessThanOrEqual(6);
  });

  it('follows the cluster to the newer version', async () => {
    const api = new FakeKubeApi({ watchList: false });
    const served = ['v1beta1'];
    serveOnly(api, served);
    rig = start(api, { olderVersions: ['v1beta1'] });
    await settle();
    served[0] = 'v1';
    await rig.clock.advanceAsync(1_000);
    api.send({ end: true });
    api.write('pods', pod('a'));
    await rig.clock.advanceAsync(3_000);
    expect(rig.held()).toEqual(['a Running']);
    expect(asked.at(-1)).toBe('v1');
  });
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
