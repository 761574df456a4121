// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { platformStatusSchema } from '@tenantry/backstage-plugin-tenants-common';
import { runContest } from '../../contest';
import { median } from '../../percentile';
import { tenantName } from '../../portal/tenantName';
import type { BenchmarkResult, Size } from '../../result';
import {
  startCache,
  startCluster,
  startPortal,
  startReaders,
} from '../../starting';

const SIZES = {
  quick: { contest: 4_000, whole: 10_000, rounds: 2 },
  full: { contest: 40_000, whole: 150_000, rounds: 4 },
};
const CONNECTIONS = 2;
const TENANTS_READ = 50;
const LOOK_EVERY_MS = 50;
const RELIST_BEGINS_MS = 2_000;

type Cluster = Awaited<ReturnType<typeof startCluster>>;

async function coldStart(
  side: 'ours' | 'peer',
  { address }: Cluster,
  pods: number,
) {
  const cache = startCache(side);
  try {
    const before = await cache.call('cpuSeconds');
    await cache.call('fill', { ...address, pods });
    const cpu = (await cache.call('cpuSeconds')) - before;
    const peak = await cache.call('peakBytes');
    return { cpu, peak: peak / (await cache.call('residentBytes')) };
  } finally {
    await cache.stop();
  }
}

async function compareStarts(pods: number, rounds: number) {
  const cluster = await startCluster({ pods });
  const peaks: Record<'ours' | 'peer', number[]> = { ours: [], peer: [] };
  const measure = (side: 'ours' | 'peer') => async () => {
    const { cpu, peak } = await coldStart(side, cluster, pods);
    peaks[side].push(peak);
    return cpu;
  };
  const results = await runContest({
    ours: measure('ours'),
    peer: measure('peer'),
    rounds,
  });
  await cluster.cluster.stop();
  return { results, ours: median(peaks.ours), peer: median(peaks.peer) };
}

async function isSynced(url: string, token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/tenants/v1/platform`, { headers });
  const { clusters } = platformStatusSchema.parse(await answer.json());
  return clusters.every(({ freshness }) => freshness === 'synced');
}

/** A whole portal that starts, and whose every watch is then answered 410 Gone while readers read. */
async function relistWholePortal(pods: number) {
  const { cluster, address } = await startCluster({ pods });
  const portal = startPortal();
  const readers = startReaders();
  const startedAt = performance.now();
  const { url, userTokens } = await portal.call('start', {
    side: 'ours',
    cluster: address,
    tenants: address.tenants,
  });
  const startSeconds = (performance.now() - startedAt) / 1000;
  const startPeak = await portal.call('peakBytes');
  const steady = await portal.call('residentBytes');
  await cluster.call('mostListsOfAKind');
  await portal.call('resetPeak');
  const tenants = Array.from({ length: TENANTS_READ }, (_, i) => tenantName(i));
  const reading = { url, userTokens, tenants, connections: CONNECTIONS };
  let synced = false;
  const tally = { reads: 0, failures: 0, marked: 0, p99Ms: 0 };
  const read = async () => {
    while (!synced) {
      const side = 'marked' as const;
      const output = await readers.call('read', {
        ...reading,
        side,
        seconds: 1,
      });
      tally.reads += output.reads;
      tally.failures += output.failures;
      tally.marked += output.marked;
      tally.p99Ms = Math.max(tally.p99Ms, output.p99Ms);
    }
  };
  const expiredAt = performance.now();
  await cluster.call('expireWatches');
  const done = read();
  let wasNot = false;
  while (!synced) {
    await sleep(LOOK_EVERY_MS);
    const now = await isSynced(url, userTokens[0]);
    wasNot ||= !now;
    synced =
      now && (wasNot || performance.now() - expiredAt > RELIST_BEGINS_MS);
  }
  const relistSeconds = (performance.now() - expiredAt) / 1000;
  await done;
  const peak = await portal.call('peakBytes');
  const mostLists = await cluster.call('mostListsOfAKind');
  for (const child of [portal, readers, cluster]) await child.stop();
  return {
    ...{ startSeconds, relistSeconds, mostLists, tally },
    startPeak: startPeak / steady,
    relistPeak: peak / steady,
    steadyMiB: steady / 1024 ** 2,
  };
}

/** From nothing to a full cache, and a server that forgets every watch at once. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { contest, whole, rounds } = SIZES[size];
  const starts = await compareStarts(contest, rounds);
  const portal = await relistWholePortal(whole);
  const { tally } = portal;
  return {
    id: 'B7',
    title: 'Cold start and relist',
    peer: '@kubernetes/client-node makeInformer',
    peerVersion: '1.4.0',
    unit: 'seconds of CPU to fill a cache of pods',
    higherIsBetter: false,
    rounds: starts.results,
    counts: {
      serverErrorsToReaders: tally.failures,
      listsOfAKindInFlight: portal.mostLists,
    },
    figures: {
      'peak over steady memory of the cache': starts.ours,
      'peak over steady memory of the cache, peer': starts.peer,
      [`seconds until a portal serves ${whole} pods`]: portal.startSeconds,
      'its steady MiB': portal.steadyMiB,
      'its peak over steady at the start': portal.startPeak,
      'its peak over steady during the relist': portal.relistPeak,
      'seconds of the relist': portal.relistSeconds,
      'reads during the relist': tally.reads,
      'of which marked as not fresh': tally.marked,
      'slowest p99 of a second of reads during the relist, ms': tally.p99Ms,
    },
    note: `Fill: ${contest} pods each; the peer cannot take more than about 60,000, for it reads a list as one string. Then a whole portal at ${whole} pods in ${
      whole / 20
    } tenants, all watches answered 410 Gone at once, ${CONNECTIONS} readers all the while.`,
  };
}
