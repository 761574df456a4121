// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { Child } from '../../Child';
import { median } from '../../percentile';
import { tenantName } from '../../portal/tenantName';
import type { resourceUse } from '../../resourceUse';
import type { BenchmarkResult, Size } from '../../result';
import { logLogSlope } from '../../slope';
import { startCluster, startPortal, startReaders } from '../../starting';
import type { DirectHandlers } from './peer';

const SIZES = {
  quick: {
    ours: [1_000, 4_000, 10_000],
    peer: [1_000, 4_000],
    rounds: 4,
    seconds: 2,
  },
  full: {
    ours: [1_000, 10_000, 50_000, 150_000],
    peer: [1_000, 10_000],
    rounds: 4,
    seconds: 4,
  },
};
/** The same number of tenants is read at each size, so that only the size differs. */
const TENANTS_READ = 50;
const CONNECTIONS = 8;
const DIRECT_READS = 6;

type Target = {
  readonly pods: number;
  /** Milliseconds of CPU per read, now. */
  readonly measure: () => Promise<number>;
  readonly stop: () => Promise<unknown>;
};

async function openOurs(pods: number, seconds: number): Promise<Target> {
  const { cluster, address } = await startCluster({ pods });
  const portal = startPortal();
  const readers = startReaders();
  const { url, userTokens } = await portal.call('start', {
    side: 'ours',
    cluster: address,
    tenants: address.tenants,
  });
  const tenants = Array.from({ length: TENANTS_READ }, (_, i) => tenantName(i));
  const input = { url, userTokens, tenants, connections: CONNECTIONS };
  const measure = async () => {
    const before = await portal.call('cpuSeconds');
    const output = await readers.call('read', {
      ...input,
      side: 'ours',
      seconds,
    });
    const used = (await portal.call('cpuSeconds')) - before;
    return (used * 1000) / output.reads;
  };
  await measure();
  const stop = () =>
    Promise.all([portal, readers, cluster].map(child => child.stop()));
  return { pods, measure, stop };
}

async function openPeer(pods: number): Promise<Target> {
  const { cluster, address } = await startCluster({ pods });
  const direct = Child.start<DirectHandlers & typeof resourceUse>(
    join(__dirname, 'peer.ts'),
  );
  const measure = async () => {
    const before = await direct.call('cpuSeconds');
    await direct.call('read', { ...address, times: DIRECT_READS });
    const used = (await direct.call('cpuSeconds')) - before;
    return (used * 1000) / DIRECT_READS;
  };
  await measure();
  const stop = () => Promise.all([direct, cluster].map(child => child.stop()));
  return { pods, measure, stop };
}

/** Median cost per size; the sizes go up in one round and down in the next. */
async function measureAll(targets: readonly Target[], rounds: number) {
  const costs = targets.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    const order = [...targets.keys()];
    if (round % 2 === 1) order.reverse();
    for (const i of order) costs[i].push(await targets[i].measure());
  }
  return costs;
}

function slopeOf(targets: readonly Target[], costs: readonly number[][]) {
  return logLogSlope(
    targets.map(({ pods }, i) => ({ size: pods, cost: median(costs[i]) })),
  );
}

function growths(costs: readonly number[][]): number[] {
  const last = costs[costs.length - 1];
  return last.map((cost, round) => cost / costs[0][round]);
}

/** What one read costs in a small cluster and in a large one. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { ours, peer, rounds, seconds } = SIZES[size];
  const direct: Target[] = [];
  for (const pods of peer) direct.push(await openPeer(pods));
  const directCosts = await measureAll(direct, rounds);
  for (const target of direct) await target.stop();
  const targets: Target[] = [];
  for (const pods of ours) targets.push(await openOurs(pods, seconds));
  const costs = await measureAll(targets, rounds);
  for (const target of targets) await target.stop();
  const peerGrowths = growths(directCosts);
  const perRead = targets.map(({ pods }, i) => [
    `CPU ms per read at ${pods} pods`,
    median(costs[i]),
  ]);
  const perDirect = direct.map(({ pods }, i) => [
    `peer: CPU ms per read at ${pods} pods`,
    median(directCosts[i]),
  ]);
  return {
    id: 'B2',
    title: 'Cost against cluster size',
    peer: 'a list for each read with @kubernetes/client-node',
    peerVersion: '1.4.0',
    unit: 'growth of CPU per read from the smallest to the largest cluster',
    higherIsBetter: false,
    rounds: growths(costs).map((growth, i) => ({
      ours: growth,
      peer: peerGrowths[i],
    })),
    counts: { logLogSlopeCpuPerRead: slopeOf(targets, costs) },
    figures: {
      'log-log slope, peer': slopeOf(direct, directCosts),
      ...Object.fromEntries([...perRead, ...perDirect]),
    },
    note: `The same ${TENANTS_READ} tenants of 20 pods read from a running portal at ${ours.join(
      ', ',
    )} pods, rounds up and down the sizes. The peer lists all pods and picks the tenant’s, at ${peer.join(
      ' and ',
    )} pods only, so its growth is over a smaller range than ours.`,
  };
}
