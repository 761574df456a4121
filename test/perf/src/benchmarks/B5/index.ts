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
  full: { tenants: 200, seconds: 12, rounds: 6, churnPerSecond: 1_000 },
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

/** From a change in the cluster to the message in the reader’s hand. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { tenants: count, seconds, rounds, churnPerSecond } = SIZES[size];
  const { cluster, address } = await startCluster({ pods: count * 20 });
  const portal = startPortal();
  const followers = startFollowers();
  const { url, userTokens } = await portal.call('start', {
    side: 'ours',
    cluster: address,
    tenants: count,
  });
  const tenants = Array.from({ length: count }, (_, i) => tenantName(i));
  const polled = tenants.slice(0, POLLERS);
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
  await touchFor(cluster, tenants, 2_000);
  const medians: number[] = [];
  const ours = async () => {
    const touches = await touchFor(cluster, tenants, seconds * 1000);
    await sleep(SETTLE_MS);
    const delays = await followers.call('pushDelays', touches);
    medians.push(median(delays));
    return percentile(delays, 99);
  };
  const peer = async () => {
    const { token } = address;
    const input = { url: address.url, token, tenants: polled };
    await followers.call('poll', { ...input, everyMs: POLL_EVERY_MS });
    await sleep(POLL_EVERY_MS);
    const touches = await touchFor(cluster, polled, seconds * 1000);
    await sleep(POLL_EVERY_MS + SETTLE_MS);
    const delays = await followers.call('pollDelays', touches);
    await followers.call('stopPolling');
    return mean(delays);
  };
  const results = await runContest({ ours, peer, rounds });
  const before = await followers.call('gaps');
  await followers.call('cut');
  await touchFor(cluster, tenants.slice(0, count / 4), 2_000);
  await followers.call('reopen');
  await touchFor(cluster, tenants, 1_000);
  await cluster.call('stopChurn');
  await sleep(SETTLE_MS);
  const after = await followers.call('gaps');
  for (const child of [followers, portal, cluster]) await child.stop();
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
      subscriptions: after.subscriptions,
      'snapshots after the reconnect': after.snapshots - before.snapshots,
    },
    note: `${after.subscriptions} subscriptions over ${STREAMS} streams (the product serves at most 200 streams a process), ${count} tenants, beside ${churnPerSecond} events/s without anything the product shows; ${POLLERS} pollers of one namespace each, straight at the API server. 50 ms of our delay is on purpose: changes are coalesced. After all streams were cut and a quarter of the tenants changed: holes in sequence numbers or patches, and subscriptions whose folded version is not the one that is served.`,
  };
}
