// SPDX-License-Identifier: Apache-2.0
import { runContest } from '../../contest';
import type { BenchmarkResult, Size } from '../../result';
import { logLogSlope } from '../../slope';
import { startCache, startCluster } from '../../starting';

const SIZES = {
  quick: { base: 2_000, large: [10_000], cycles: 5_000, rounds: 2 },
  full: { base: 10_000, large: [40_000, 150_000], cycles: 60_000, rounds: 4 },
};
/** Cycles before the growth is measured, so that what fills once is full. */
const WARM_CYCLES = 5_000;
/** So many are taken in before the next ones are made. */
const CYCLES_AT_ONCE = 500;

type Filled = { readonly used: number; readonly resident: number };
type Cluster = Awaited<ReturnType<typeof startCluster>>;

async function fill(
  side: 'ours' | 'peer',
  { address }: Cluster,
  pods: number,
): Promise<Filled> {
  const cache = startCache(side);
  try {
    const before = {
      used: await cache.call('usedBytes'),
      resident: await cache.call('residentBytes'),
    };
    await cache.call('fill', { ...address, pods });
    return {
      used: (await cache.call('usedBytes')) - before.used,
      resident: (await cache.call('residentBytes')) - before.resident,
    };
  } finally {
    await cache.stop();
  }
}

async function fillOf(pods: number): Promise<Filled> {
  const cluster = await startCluster({ pods });
  try {
    return await fill('ours', cluster, pods);
  } finally {
    await cluster.cluster.stop();
  }
}

/** How much more is held after pods have come and gone, in percent. */
async function growth(
  { cluster, address }: Cluster,
  pods: number,
  cycles: number,
): Promise<number> {
  const cache = startCache('ours');
  try {
    await cache.call('fill', { ...address, pods });
    let done = 0;
    const settle = async (times: number) => {
      // The server cuts a watch that is too far behind, and the lists after that would hide what was missed.
      for (const until = done + times; done < until; ) {
        await cluster.call('cycle', { times: CYCLES_AT_ONCE });
        done += CYCLES_AT_ONCE;
        await cache.call('taken', { events: 2 * done });
      }
      return cache.call('usedBytes');
    };
    const warm = await settle(WARM_CYCLES);
    const after = await settle(cycles);
    return Math.max(0, (after / warm - 1) * 100);
  } finally {
    await cache.stop();
  }
}

/** Memory of one cached pod: our cache beside the informer of the Kubernetes client as it is. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { base, large, cycles, rounds } = SIZES[size];
  const cluster = await startCluster({ pods: base });
  const measure = (side: 'ours' | 'peer') => async () =>
    (await fill(side, cluster, base)).used / base;
  const results = await runContest({
    ours: measure('ours'),
    peer: measure('peer'),
    rounds,
  });
  const leak = await growth(cluster, base, cycles);
  await cluster.cluster.stop();
  const bytes = Math.max(...results.map(({ ours }) => ours));
  const costs = [{ size: base, cost: bytes * base }];
  let resident = 0;
  for (const pods of large) {
    const filled = await fillOf(pods);
    costs.push({ size: pods, cost: filled.used });
    resident = filled.resident;
  }
  const most = large[large.length - 1];
  return {
    id: 'B3',
    title: 'Cache memory',
    peer: '@kubernetes/client-node makeInformer',
    peerVersion: '1.4.0',
    unit: 'bytes of heap and external memory per pod, after a collection',
    higherIsBetter: false,
    rounds: results,
    counts: { bytesPerPod: Math.ceil(bytes) },
    figures: {
      [`bytesPerPodOf${most}`]: costs[costs.length - 1].cost / most,
      [`residentMiBOf${most}`]: resident / 1024 ** 2,
      logLogSlopeOfBytes: logLogSlope(costs),
      [`growthPercentAfter${cycles}Cycles`]: leak,
    },
    note: `${base} pods of 7 to 10 KB, above a process that has loaded its code. The growth is measured over ${cycles} created and deleted pods, not over a million: one cycle costs the simulated cluster about half a millisecond. The peer cannot hold the largest size: it reads a list as one string, which Node limits to 512 MiB.`,
  };
}
