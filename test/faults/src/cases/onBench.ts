// SPDX-License-Identifier: Apache-2.0
import type { WatchedKind } from '../../../../plugins/tenants-backend/src/informers/objects';
import type { BenchCluster } from '../bench/BenchCluster';
import { FaultBench, type BenchOptions } from '../FaultBench';
import type { FaultCounts, FaultOutcome } from '../FaultCase';

/** What a case has done on its bench. */
export type Provoked = {
  readonly injected: number;
  readonly counts: FaultCounts;
  /** Kinds that are not to be compared at the end, as they are refused to the product. */
  readonly except?: readonly WatchedKind[];
};

/** Runs a fault on a bench of its own, then lets everything settle and compares. */
export async function onBench(
  options: BenchOptions,
  provoke: (bench: FaultBench) => Promise<Provoked>,
): Promise<FaultOutcome> {
  return await onceSettled(await FaultBench.start(options), provoke);
}

/** The same on a bench that runs. It is stopped. */
export async function onceSettled<C extends BenchCluster>(
  bench: FaultBench<C>,
  provoke: (bench: FaultBench<C>) => Promise<Provoked>,
): Promise<FaultOutcome> {
  try {
    const { injected, counts, except } = await provoke(bench);
    const divergences = await bench.settle(except);
    return { injected, counts: { ...counts, ...bench.counts() }, divergences };
  } finally {
    await bench.stop();
  }
}

/** A count that is to be this and nothing else. */
export function exactly(is: number, expected: number) {
  return { is, atMost: expected, atLeast: expected };
}

/** The watches of pods, as most faults strike only those. */
export const pods = { resource: 'pods' } as const;
