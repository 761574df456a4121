// SPDX-License-Identifier: Apache-2.0
import { mean } from './percentile';

/** One size of the work and what it cost. Both above 0. */
export type Cost = { readonly size: number; readonly cost: number };

/**
 * The slope of the least-squares line through the logarithms: 0 when the cost does not depend on the size, 1 when it grows in proportion.
 * NaN with fewer than two sizes.
 */
export function logLogSlope(costs: readonly Cost[]): number {
  const xs = costs.map(({ size }) => Math.log(size));
  const ys = costs.map(({ cost }) => Math.log(cost));
  const x = mean(xs);
  const y = mean(ys);
  const products = xs.map((value, i) => (value - x) * (ys[i] - y));
  const squares = xs.map(value => (value - x) ** 2);
  return mean(products) / mean(squares);
}
