// SPDX-License-Identifier: Apache-2.0

/** The first place in sorted numbers that is not before `wanted`. */
export function lowerBound(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
