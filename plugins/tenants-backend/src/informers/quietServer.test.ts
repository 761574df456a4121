// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { HttpKubeApi } from '../kube/HttpKubeApi';
import { KubeHttpServer } from '../kube/testing/KubeHttpServer';
import { FakeClock } from '../time/testing/FakeClock';
import { ClusterInformers } from './ClusterInformers';

/** Fault A6: so late at most a dead connection must be noticed. */
const detectedWithinMs = 90_000;

let server: KubeHttpServer;
let clock: FakeClock;
let api: HttpKubeApi;
let cache: ClusterInformers;
let changes: string[];
let stopping: AbortController;
let running: Promise<void>;

/** Lets the network do its work until something holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setImmediate(resolve));
}

beforeEach(async () => {
  server = await KubeHttpServer.start();
  server.fake.write('pods', { metadata: { name: 'a', namespace: 'one' } });
  clock = new FakeClock();
  changes = [];
  stopping = new AbortController();
  api = new HttpKubeApi({
    cluster: 'eu',
    server: { url: server.url },
    credential: async () => ({ type: 'anonymous' }),
    clock,
  });
  cache = new ClusterInformers({
    api,
    clock,
    random: () => 0,
    logger: mockServices.logger.mock(),
    onChange: namespace => changes.push(namespace),
    kinds: ['pods'],
  });
  running = cache.run(stopping.signal);
  await until(() => cache.status.version !== undefined && clock.waiting === 1);
  changes.length = 0;
});
afterEach(async () => {
  stopping.abort();
  await running;
  await api.close();
  await server.stop();
});

/** Whether the watch is open as of now, and nothing but its silence is waited for. */
function isListening(): boolean {
  const now = new Date(clock.now()).toISOString();
  return cache.status.observedAt === now && clock.waiting === 1;
}

const watches = () =>
  server.requests.filter(({ url }) => url.includes('watch=1')).length;

it('a server that has nothing to say, not even bookmarks, stays live without a new list', async () => {
  for (let i = 0; i < 5; i++) {
    const before = watches();
    clock.advance(detectedWithinMs);
    await until(() => watches() > before && isListening());
    expect(cache.freshness).toBe('synced');
    expect(cache.partial).toEqual([]);
    expect(cache.status.problem).toBeUndefined();
  }
  expect(changes).toEqual([]);
  const lists = server.requests.filter(({ url }) => url.includes('limit='));
  expect(lists).toEqual([]);
});

it('a connection that is dead without saying so is replaced in time, and what it did not bring is made up for', async () => {
  // The next watch is accepted and never says anything again, as on a half-open connection.
  server.answerNext((_, response) => response.writeHead(200).flushHeaders());
  clock.advance(1_000);
  server.fake.send({ end: true });
  await until(isListening);
  expect(server.fake.openWatches).toBe(0);
  server.fake.write('pods', { metadata: { name: 'b', namespace: 'one' } });
  server.fake.remove('pods', 'one', 'a');
  clock.advance(detectedWithinMs);
  const names = () => [...cache.listers.pods.list()].map(({ name }) => name);
  await until(() => names().join() === 'b');
  expect(cache.freshness).toBe('synced');
});

it('a server that is gone is told as soon as its connection breaks', async () => {
  await server.stop();
  await until(() => cache.freshness === 'refreshing');
  expect(cache.status.problem?.reason).toBe('Unreachable');
  clock.advance(10_000);
  expect(cache.freshness).toBe('stale');
  expect(cache.listers.pods.size).toBe(1);
  server = await KubeHttpServer.start();
});
