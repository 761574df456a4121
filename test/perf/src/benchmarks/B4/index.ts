// SPDX-License-Identifier: Apache-2.0
import { runContest } from '../../contest';
import { median } from '../../percentile';
import type { BenchmarkResult, Size } from '../../result';
import { startCache, startCluster } from '../../starting';

const SIZES = {
  quick: { pods: 2_000, events: 8_000, rounds: 4, small: 1_000, large: 10_000 },
  full: {
    pods: 20_000,
    events: 50_000,
    rounds: 4,
    small: 1_000,
    large: 150_000,
  },
};
/** One event in so many changes what the product shows: 80 % do not. */
const REAL_EVERY = 5;
const WARM_EVENTS = 5_000;
/** Events on their way at once. */
const BURST = 1_000;
const BURSTS_COMPARED = 8;

type Cluster = Awaited<ReturnType<typeof startCluster>>;
type Cache = ReturnType<typeof startCache>;

/** A cache that follows a cluster, and the work each event costs it. */
class Follower {
  private events = 0;

  private constructor(readonly cache: Cache, private readonly of: Cluster) {}

  static async start(side: 'ours' | 'peer', of: Cluster, pods: number) {
    const follower = new Follower(startCache(side), of);
    await follower.cache.call('fill', { ...of.address, pods });
    await follower.take(WARM_EVENTS);
    return follower;
  }

  /** Seconds of CPU that so many events cost. */
  async take(events: number): Promise<number> {
    const before = await this.cache.call('cpuSeconds');
    for (let left = events; left > 0; left -= BURST) {
      const burst = Math.min(BURST, left);
      const work = { events: burst, realEvery: REAL_EVERY };
      await this.of.cluster.call('churn', work);
      this.events += burst;
      await this.cache.call('taken', { events: this.events });
    }
    return (await this.cache.call('cpuSeconds')) - before;
  }

  /** Pods that are not as the server’s list has them. */
  async lost(): Promise<number> {
    const wanted = await this.of.cluster.call('podVersions');
    const held = new Set(await this.cache.call('podVersions'));
    return wanted.filter(pod => !held.has(pod)).length;
  }
}

/** How much more an event costs among many objects than among few, in percent. */
async function growthWithObjects(small: number, large: number) {
  const few = await startCluster({ pods: small });
  const many = await startCluster({ pods: large });
  const ofFew = await Follower.start('ours', few, small);
  const ofMany = await Follower.start('ours', many, large);
  try {
    const rounds = await runContest({
      ours: () => ofMany.take(BURST * 5),
      peer: () => ofFew.take(BURST * 5),
      rounds: BURSTS_COMPARED,
    });
    return (median(rounds.map(({ ours, peer }) => ours / peer)) - 1) * 100;
  } finally {
    await Promise.all(
      [ofFew.cache, ofMany.cache, few.cluster, many.cluster].map(child =>
        child.stop(),
      ),
    );
  }
}

/** Events taken in per second of CPU: our cache beside the informer of the Kubernetes client with a handler. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { pods, events, rounds, small, large } = SIZES[size];
  const cluster = await startCluster({ pods });
  const lost = { ours: 0, peer: 0 };
  let excess = 0;
  const measure = (side: 'ours' | 'peer') => async () => {
    const follower = await Follower.start(side, cluster, pods);
    const told = await follower.cache.call('told');
    const seconds = await follower.take(events);
    lost[side] += await follower.lost();
    if (side === 'ours') {
      const real = events / REAL_EVERY;
      excess += (await follower.cache.call('told')) - told - real;
    }
    await follower.cache.stop();
    return events / seconds;
  };
  const results = await runContest({
    ours: measure('ours'),
    peer: measure('peer'),
    rounds,
  });
  await cluster.cluster.stop();
  const growth = await growthWithObjects(small, large);
  return {
    id: 'B4',
    title: 'Event ingestion',
    peer: '@kubernetes/client-node makeInformer with a handler',
    peerVersion: '1.4.0',
    unit: 'events per second of CPU',
    higherIsBetter: true,
    rounds: results,
    counts: {
      eventsLost: lost.ours,
      changesToldBeyondTheRealOnes: excess,
    },
    figures: {
      eventsLostByPeer: lost.peer,
      [`percentMoreWorkPerEventAmong${large}Than${small}`]: growth,
    },
    note: `${pods} pods, ${events} changes a round after ${WARM_EVENTS} to warm up, in bursts of ${BURST}, 80 % of them without anything the product shows. Lost: pods whose version differs from the server’s list at the end. Reading, projecting and storing; deriving tenants is not part of it on either side.`,
  };
}
