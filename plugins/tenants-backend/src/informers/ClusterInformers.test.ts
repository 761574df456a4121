// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import type { ResourceType } from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { FakeClock } from '../time/testing/FakeClock';
import { ClusterInformers } from './ClusterInformers';
import { failure, settle } from './testing/startReflector';

let api: FakeKubeApi;
let clock: FakeClock;
let cache: ClusterInformers;
let stopping: AbortController;
let running: Promise<void>;
let letPodsIn: () => void;
let told: string[];

/** A cluster that takes its time with pods. */
function slowPods(): FakeKubeApi {
  const slow = new FakeKubeApi({ cluster: 'eu' });
  const watch = slow.watch.bind(slow);
  const list = slow.list.bind(slow);
  const opened = new Promise<void>(resolve => {
    letPodsIn = resolve;
  });
  const letIn = async ({ kind }: ResourceType, signal: AbortSignal) => {
    if (kind !== 'Pod') return;
    const aborted = new Promise(resolve => {
      signal.addEventListener('abort', resolve, { once: true });
    });
    await Promise.race([opened, aborted]);
  };
  slow.watch = async function* later(type, options) {
    await letIn(type, options.signal);
    yield* watch(type, options);
  };
  slow.list = async (type, options) => {
    await letIn(type, options.signal);
    return await list(type, options);
  };
  return slow;
}

function start(): void {
  clock = new FakeClock();
  stopping = new AbortController();
  told = [];
  api.write('namespaces', { metadata: { name: 'shop' } });
  api.write('pods', { metadata: { name: 'web', namespace: 'shop' } });
  cache = new ClusterInformers({
    api,
    clock,
    random: () => 0.5,
    logger: mockServices.logger.mock(),
    onChange: namespace => told.push(namespace),
  });
  running = cache.run(stopping.signal);
}
afterEach(async () => {
  stopping.abort();
  await running;
  expectAllFreed();
});

function expectAllFreed(): void {
  expect(clock.waiting).toBe(0);
}

describe('just after the start', () => {
  beforeEach(async () => {
    api = slowPods();
    start();
    await settle();
  });

  it('no namespace is there before what is in it was read, so that no tenant is shown with gaps that are none', async () => {
    expect(cache.listers.deployments.size).toBe(0);
    expect(cache.listers.namespaces.size).toBe(0);
    expect(cache.freshness).toBe('refreshing');
    letPodsIn();
    await settle();
    expect(cache.listers.namespaces.size).toBe(1);
    expect(cache.listers.pods.size).toBe(1);
    expect(cache.partial).toEqual([]);
  });

  it('one kind that takes long holds namespaces back for ten seconds only, and is named', async () => {
    await clock.advanceAsync(9_000);
    expect(cache.listers.namespaces.size).toBe(0);
    await clock.advanceAsync(2_000);
    expect(cache.listers.namespaces.size).toBe(1);
    expect(cache.partial.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['Pod', 'NotSynced'],
    ]);
  });
});

it('a kind that is refused does not hold namespaces back', async () => {
  api = new FakeKubeApi({ cluster: 'eu' });
  api.allow('pods', false);
  api.serve('applications.argoproj.io', false);
  api.failNext('watch', failure({ status: 503 }), 'services');
  start();
  await settle();
  expect(cache.listers.namespaces.size).toBe(1);
});

it('a clock of the cluster that is found to differ is told, once, so that ages are told anew', async () => {
  api = new FakeKubeApi({ cluster: 'eu' });
  start();
  await settle();
  expect(cache.serverLeadMs).toBeUndefined();
  api.serverLeadMs = 3_600_000;
  const before = told.length;
  api.send({ end: true });
  await clock.advanceAsync(3_000);
  expect(cache.serverLeadMs).toBe(3_600_000);
  expect(told.slice(before)).toEqual(['']);
});
