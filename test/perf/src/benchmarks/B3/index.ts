// SPDX-License-Identifier: Apache-2.0
import { runContest } from '../../contest';
import type { BenchmarkResult, Size } from '../../result';
import { logLogSlope } from '../../slope';
import { startCache, startCluster, startTurnover } from '../../starting';

const MILLION = 1_000_000;
const SIZES = {
  quick: { base: 2_000, large: [10_000], cycles: 20_000, rounds: 2 },
  full: { base: 10_000, large: [40_000, 150_000], cycles: MILLION, rounds: 4 },
};
/** Cycles before the growth is measured, so that what fills once is full. */
const WARM_CYCLES = 20_000;
/** So many are made before all of them are taken in. */
const CYCLES_AT_ONCE = 10_000;

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

/** How much more is held after pods have come and gone, in percent. @throws Error when the cache then holds other pods than before */
async function growth(
  { address }: Cluster,
  pods: number,
  cycles: number,
): Promise<number> {
  const turnover = startTurnover();
  const cache = startCache('ours');
  try {
    const { url, pods: atOnce } = await turnover.call('start', address);
    await cache.call('fill', { ...address, url, pods });
    const first = await cache.call('podVersions');
    const settle = async (times: number) => {
      for (let done = 0; done < times; done += CYCLES_AT_ONCE) {
        const events = await turnover.call('turn', {
          times: CYCLES_AT_ONCE / atOnce,
        });
        await cache.call('taken', { events });
      }
      return cache.call('usedBytes');
    };
    const warm = await settle(WARM_CYCLES);
    const after = await settle(cycles);
    const last = await cache.call('podVersions');
    if (last.join() !== first.join()) throw new Error('Pods stayed behind.');
    return Math.max(0, (after / warm - 1) * 100);
  } finally {
    await cache.stop();
    await turnover.stop();
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
    counts: {
      bytesPerPod: Math.ceil(bytes),
      ...(cycles === MILLION ? { leakPercentAfterMillionCycles: leak } : {}),
    },
    figures: {
      [`bytesPerPodOf${most}`]: costs[costs.length - 1].cost / most,
      [`residentMiBOf${most}`]: resident / 1024 ** 2,
      logLogSlopeOfBytes: logLogSlope(costs),
      ...(cycles === MILLION
        ? {}
        : { [`growthPercentAfter${cycles}Cycles`]: leak }),
    },
    note: `${base} pods of 7 to 10 KB, above a process that has loaded its code. The growth is measured over ${cycles} pods that come and go: watch events of the same size over HTTP, made as bytes by a process of their own, since a simulated cluster takes half a millisecond for one; the cache must have taken in every one of them, and hold what it held before. The peer cannot hold the largest size: it reads a list as one string, which Node limits to 512 MiB.`,
  };
}
