// SPDX-License-Identifier: Apache-2.0
import type { Round } from './contest';

/** How many times better we are in the middle round: above 1 is better for us, whichever way the unit counts. */
export function medianRatio(
  rounds: readonly Round[],
  higherIsBetter: boolean,
): number {
  const ratios = rounds
    .map(({ ours, peer }) => (higherIsBetter ? ours / peer : peer / ours))
    .sort((a, b) => a - b);
  const middle = Math.floor(ratios.length / 2);
  if (ratios.length === 0) return NaN;
  return ratios.length % 2 === 1
    ? ratios[middle]
    : (ratios[middle - 1] + ratios[middle]) / 2;
}
