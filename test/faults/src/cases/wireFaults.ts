// SPDX-License-Identifier: Apache-2.0
import type { FaultSpec } from '@tenantry/kubesim';
import type { FaultCase, FaultOutcome } from '../FaultCase';
import { FaultBench } from '../FaultBench';

type WireFault = {
  readonly id: string;
  readonly title: string;
  readonly fault: FaultSpec;
  /** Lists of pods that the fault may cost, beside the first. */
  readonly relists: number;
  /** Unreadable events that must have been counted: as many as were injected. */
  readonly unreadable?: boolean;
};

const pods = { resource: 'pods' };

const wireFaults: readonly WireFault[] = [
  {
    id: 'A1',
    title: '410 inside the stream',
    fault: { kind: 'watchExpired', match: pods },
    relists: 1,
  },
  {
    id: 'A3',
    title: '429 with Retry-After',
    fault: {
      kind: 'httpStatus',
      status: 429,
      reason: 'TooManyRequests',
      retryAfterSeconds: 1,
      times: 2,
      match: { ...pods, verb: 'watch' },
    },
    relists: 0,
  },
  {
    id: 'A7',
    title: 'watch closed cleanly again and again',
    fault: { kind: 'watchCut', times: 5, match: pods },
    relists: 0,
  },
  {
    id: 'A8',
    title: 'a garbage line',
    fault: { kind: 'garbageLine', match: pods },
    relists: 1,
    unreadable: true,
  },
  {
    id: 'A10',
    title: 'events doubled',
    fault: { kind: 'duplicateEvents', match: pods },
    relists: 0,
  },
];

/** Lists and watch-lists of pods that the server was asked for. */
function podLists(bench: FaultBench): number {
  return bench.cache.counts('pods')?.lists ?? NaN;
}

async function provoke(
  bench: FaultBench,
  { fault, relists, unreadable }: WireFault,
): Promise<FaultOutcome> {
  const before = podLists(bench);
  const armed = bench.sim.faults.arm(fault);
  // A watch fault that waits for the next watch needs one: end the present one.
  if (fault.match?.verb === 'watch')
    bench.sim.faults.arm({ kind: 'watchCut', match: pods });
  for (let round = 0; round < 5; round++) {
    bench.churn(round);
    await bench.settle();
  }
  const { injected } = armed;
  await armed.clear();
  const divergences = await bench.settle();
  const counted = bench.cache.counts('pods')?.unreadable ?? 0;
  return {
    injected,
    counts: {
      relists: { is: podLists(bench) - before, atMost: relists },
      ...(unreadable && { notCounted: { is: injected - counted, atMost: 0 } }),
    },
    divergences,
  };
}

async function runWireFault(
  fault: WireFault,
  seed: number,
): Promise<FaultOutcome> {
  const bench = await FaultBench.start(seed);
  try {
    return await provoke(bench, fault);
  } finally {
    await bench.stop();
  }
}

/** Faults of the connection between the cache and an API server. */
export const wireFaultCases: readonly FaultCase[] = wireFaults.map(fault => ({
  id: fault.id,
  title: fault.title,
  seed: 1,
  run: seed => runWireFault(fault, seed),
}));
