// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { runContest } from '../../contest';
import type { Touch } from '../../load/followers';
import { mean, median, percentile } from '../../percentile';
import { tenantName } from '../../portal/tenantName';
import type { BenchmarkResult, Size } from '../../result';
import { startCluster, startFollowers, startPortal } from '../../starting';

const SIZES = {
  quick: { tenants: 100, seconds: 6, rounds: 2, churnPerSecond: 200 },
  full: { tenants: 200, seconds: 12, rounds: 4, churnPerSecond: 1_000 },
};
const STREAMS = 125;
const SUBSCRIPTIONS_PER_STREAM = 4;
const POLLERS = 40;
/** As the dashboard of Open Data Hub; the Kubernetes plugin asks every 10 s. */
const POLL_EVERY_MS = 3_000;
/** A tenant is changed again only after every poller has looked. */
const TOUCH_AGAIN_MS = POLL_EVERY_MS + 1_500;
const SETTLE_MS = 1_000;
/** Everything the churn writes is without anything the product shows. */
const NO_REAL_CHANGE = 1_000_000_000;

type Cluster = Awaited<ReturnType<typeof startCluster>>['cluster'];

async function touchFor(
  cluster: Cluster,
  tenants: readonly string[],
  ms: number,
): Promise<Touch[]> {
  const touches: Touch[] = [];
  const until = performance.now() + ms;
  const pause = TOUCH_AGAIN_MS / tenants.length;
  for (let i = 0; performance.now() < until; i++) {
    const tenant = tenants[i % tenants.length];
    touches.push({ tenant, at: await cluster.call('touch', { tenant }) });
    await sleep(pause);
  }
  return touches;
}

/** A portal that is followed, and a cluster that is busy with what nobody sees. */
async function open({ tenants: count, churnPerSecond }: (typeof SIZES)[Size]) {
  const { cluster, address } = await startCluster({ pods: count * 20 });
  const portal = startPortal();
  const followers = startFollowers();
  const { url, userTokens } = await portal.call('start', {
    side: 'ours',
    cluster: address,
    tenants: count,
  });
  const tenants = Array.from({ length: count }, (_, i) => tenantName(i));
  await followers.call('follow', {
    url,
    userTokens,
    tenants,
    streams: STREAMS,
    perStream: SUBSCRIPTIONS_PER_STREAM,
  });
  await cluster.call('startChurn', {
    perSecond: churnPerSecond,
    realEvery: NO_REAL_CHANGE,
  });
  const stop = async () => {
    for (const child of [followers, portal, cluster]) await child.stop();
  };
  return { cluster, address, followers, tenants, stop };
}

type Scene = Awaited<ReturnType<typeof open>>;

async function pushDelays(scene: Scene, seconds: number): Promise<number[]> {
  const { cluster, tenants, followers } = scene;
  const touches = await touchFor(cluster, tenants, seconds * 1000);
  await sleep(SETTLE_MS);
  return followers.call('pushDelays', touches);
}

async function pollDelays(scene: Scene, seconds: number): Promise<number[]> {
  const { cluster, address, tenants, followers } = scene;
  const { url, token } = address;
  const polled = tenants.slice(0, POLLERS);
  const everyMs = POLL_EVERY_MS;
  await followers.call('poll', { url, token, tenants: polled, everyMs });
  await sleep(POLL_EVERY_MS);
  const touches = await touchFor(cluster, polled, seconds * 1000);
  await sleep(POLL_EVERY_MS + SETTLE_MS);
  const delays = await followers.call('pollDelays', touches);
  await followers.call('stopPolling');
  return delays;
}

/** All streams are lost, tenants change, and the streams come back. */
async function reconnect({ cluster, followers, tenants }: Scene) {
  const before = await followers.call('gaps');
  await followers.call('cut');
  await touchFor(cluster, tenants.slice(0, tenants.length / 4), 2_000);
  await followers.call('reopen');
  await touchFor(cluster, tenants, 1_000);
  await cluster.call('stopChurn');
  await sleep(SETTLE_MS);
  const after = await followers.call('gaps');
  return { ...after, snapshots: after.snapshots - before.snapshots };
}

/** From a change in the cluster to the message in the reader’s hand. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const sizes = SIZES[size];
  const { seconds, rounds } = sizes;
  const scene = await open(sizes);
  await touchFor(scene.cluster, scene.tenants, 2_000);
  const medians: number[] = [];
  const results = await runContest({
    ours: async () => {
      const delays = await pushDelays(scene, seconds);
      medians.push(median(delays));
      return percentile(delays, 99);
    },
    peer: async () => mean(await pollDelays(scene, seconds)),
    rounds,
  });
  const after = await reconnect(scene);
  await scene.stop();
  return {
    id: 'B5',
    title: 'Staleness end to end',
    peer: 'polling the API server every 3 s',
    peerVersion: '',
    unit: 'ms from the change to its arrival: our 99th percentile, the mean of the pollers',
    higherIsBetter: false,
    rounds: results,
    counts: { gapsAfterReconnect: after.holes + after.behind },
    figures: {
      'median of ours, ms': median(medians),
      'p99 of ours, ms': median(results.map(({ ours }) => ours)),
      subscriptions: after.subscriptions,
      'snapshots after the reconnect': after.snapshots,
    },
    note: `${after.subscriptions} subscriptions over ${STREAMS} streams (the product serves at most 200 streams a process), ${sizes.tenants} tenants, beside ${sizes.churnPerSecond} events/s without anything the product shows; ${POLLERS} pollers of one namespace each, straight at the API server. 50 ms of our delay is on purpose: changes are coalesced. After all streams were cut and a quarter of the tenants changed: holes in sequence numbers or patches, and subscriptions whose folded version is not the one that is served.`,
  };
}
