// SPDX-License-Identifier: Apache-2.0
import type { Round } from './contest';
import { median, percentile } from './percentile';

/** How many times better we are in each round: above 1 is better for us, whichever way the unit counts. */
export function ratios(
  rounds: readonly Round[],
  higherIsBetter: boolean,
): number[] {
  return rounds.map(({ ours, peer }) =>
    higherIsBetter ? ours / peer : peer / ours,
  );
}

/** How many times better we are in the middle round; NaN without rounds. */
export function medianRatio(
  rounds: readonly Round[],
  higherIsBetter: boolean,
): number {
  return median(ratios(rounds, higherIsBetter));
}

export type Interval = { readonly low: number; readonly high: number };

const RESAMPLES = 2_000;

/** The 95 % bootstrap interval of the median. `random`: 0 ≤ n < 1. */
export function bootstrapInterval(
  values: readonly number[],
  random: () => number,
): Interval {
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)])),
  );
  return { low: percentile(medians, 2.5), high: percentile(medians, 97.5) };
}
