// SPDX-License-Identifier: Apache-2.0
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FaultSpec } from '@tenantry/kubesim';
import { RemoteCluster } from '../bench/RemoteCluster';
import { FaultBench } from '../FaultBench';
import type { FaultCase, FaultOutcome } from '../FaultCase';
import { exactly, onBench, onceSettled, pods, type Provoked } from './onBench';

const mebibyte = 1024 ** 2;

function unreadable(bench: FaultBench<RemoteCluster> | FaultBench): number {
  return bench.view().counts('pods')?.unreadable ?? NaN;
}

/** A line that never ends, a line that ends in its middle with the stream, and a line that is no JSON. */
async function spoilLines(bench: FaultBench): Promise<Provoked> {
  const { faults, requests } = bench.cluster.sim;
  const before = unreadable(bench);
  const relists = bench.lists('pods');
  const spoilt: readonly (readonly FaultSpec['kind'][])[] = [
    ['stallMidLine'],
    ['stallMidLine', 'watchCut'],
    ['garbageLine'],
  ];
  for (const [round, kinds] of spoilt.entries()) {
    const watches = requests.get('watch pods');
    for (const kind of kinds) faults.arm({ kind, match: pods });
    bench.cluster.churn(round + 1);
    await bench.until('the watch is opened again', () => {
      return requests.get('watch pods') > watches;
    });
    await bench.settle();
  }
  const counted = unreadable(bench) - before;
  return {
    injected: spoilt.length,
    counts: {
      'parse errors counted': exactly(counted, spoilt.length),
      relists: { is: bench.lists('pods') - relists, atMost: 1 },
    },
  };
}

/** Events twice, old ones again, and neighbours changed over. */
async function disorder(bench: FaultBench): Promise<Provoked> {
  const { faults } = bench.cluster.sim;
  const relists = bench.lists('pods');
  let injected = 0;
  let round = 0;
  for (const kind of [
    'duplicateEvents',
    'replayEvents',
    'reorderEvents',
  ] as const) {
    const fault = faults.arm({ kind, match: pods });
    for (let i = 0; i < 3; i++) bench.cluster.churn(++round);
    injected += fault.injected;
    await fault.clear();
    // What is still held back comes with the next event.
    bench.cluster.churn(++round);
    await bench.settle();
  }
  return {
    injected,
    counts: { relists: exactly(bench.lists('pods') - relists, 0) },
  };
}

function residentMiB(): number {
  return Math.round(process.memoryUsage().rss / mebibyte);
}

/** Stops this thread as a bug would: nothing runs, no byte is read. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

async function blockLoop(bench: FaultBench<RemoteCluster>): Promise<Provoked> {
  const blockedMs = 5_000;
  const relists = bench.lists('pods');
  const before = residentMiB();
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const changed = bench.cluster.change({ rounds: 900, pauseMs: 5 });
  await new Promise(resolve => setTimeout(resolve, 200));
  block(blockedMs);
  await changed();
  await bench.settle();
  delays.disable();
  const grown = residentMiB() - before;
  return {
    injected: Number(delays.max / 1e6 >= 0.95 * blockedMs),
    counts: {
      'MiB more after catching up': { is: grown, atMost: 128 },
      relists: { is: bench.lists('pods') - relists, atMost: 1 },
    },
  };
}

async function runBlockedLoop(seed: number): Promise<FaultOutcome> {
  const cluster = await RemoteCluster.start(seed);
  return await onceSettled(
    await FaultBench.around([cluster], { seed }),
    blockLoop,
  );
}

async function sendHugeObjects(
  bench: FaultBench<RemoteCluster>,
): Promise<Provoked> {
  const { cluster } = bench;
  const counted = unreadable(bench);
  const before = residentMiB();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, residentMiB());
  }, 10);
  // The long one ends the watch, so it comes last: what is sent to a watch that is about to end is lost.
  for (const shape of ['wide', 'deep', 'long'] as const) {
    const events = bench.eventsOf('pods');
    const skipped = unreadable(bench);
    await cluster.arm({ kind: 'hugeObject', shape, match: pods });
    await bench.until(`the ${shape} object was read or skipped`, () => {
      const read = bench.eventsOf('pods') > events;
      return read || unreadable(bench) > skipped;
    });
  }
  const inWatch = unreadable(bench) - counted;
  const events = bench.eventsOf('pods');
  await cluster.change({ rounds: 1, pauseMs: 0 })();
  await bench.until('the next watch', () => bench.eventsOf('pods') > events);
  // A list with such an object, and then one without, since the cluster has none.
  await cluster.arm({ kind: 'httpStatus', status: 400, times: 1, match: pods });
  await cluster.arm({ kind: 'hugeObject', match: { ...pods, verb: 'list' } });
  for (let i = 0; i < 2; i++) {
    const lists = bench.lists('pods');
    await cluster.arm({ kind: 'watchExpired', match: pods });
    await bench.until('the list is read', () => bench.lists('pods') > lists);
  }
  clearInterval(sampling);
  return {
    injected: await cluster.injected('hugeObject'),
    counts: {
      'skipped in the watch, counted': exactly(inWatch, 1),
      'skipped in all, counted': exactly(unreadable(bench) - counted, 2),
      'MiB more at the peak': { is: peak - before, atMost: 192 },
    },
  };
}

async function runHugeObjects(seed: number): Promise<FaultOutcome> {
  const cluster = await RemoteCluster.start(seed);
  return await onceSettled(
    await FaultBench.around([cluster], { seed }),
    sendHugeObjects,
  );
}

/** The stream carries what it should not, or nobody reads it. */
export const streamCases: readonly FaultCase[] = [
  {
    id: 'A8',
    title: 'a line that stalls, one that is cut off, and garbage',
    how: 'The watch of pods stops in the middle of a line; ends there; sends a line that is no JSON. The product’s clock runs 10 times as fast.',
    expected:
      'The stream is opened again from the last good event; each error is counted.',
    seed: 8,
    run: seed => onBench({ seed, speed: 10 }, spoilLines),
  },
  {
    id: 'A9',
    title: 'our own loop is blocked for 5 s',
    how: 'The thread of the product sleeps for 5 s while a cluster in another process changes 10 pods 200 times a second.',
    expected: 'Memory stays bounded and everything is caught up.',
    seed: 9,
    run: runBlockedLoop,
  },
  {
    id: 'A10',
    title: 'events doubled, replayed and changed over',
    how: 'Each event of pods comes twice; brings three old ones along; comes after its successor.',
    expected: 'The newest state wins; nothing deleted comes back.',
    fast: true,
    seed: 10,
    run: seed => onBench({ seed }, disorder),
  },
  {
    id: 'A19',
    title: 'an object of 50 MB, of 100,000 labels, nested 100,000 deep',
    how: 'A cluster in another process sends each in the watch of pods, and the first in a list as well.',
    expected:
      'Objects over 8 MiB are skipped and counted, the others are read; memory stays bounded.',
    seed: 19,
    run: runHugeObjects,
  },
];
