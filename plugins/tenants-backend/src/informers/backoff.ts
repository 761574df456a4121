// SPDX-License-Identifier: Apache-2.0

export type BackoffOptions = {
  readonly firstMs: number;
  readonly maxMs: number;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
};

/** The wait before the n-th retry (from 0): doubling from `firstMs` up to `maxMs`, of which the upper half is chance. */
export function backoffMs(retry: number, options: BackoffOptions): number {
  const { firstMs, maxMs, random } = options;
  const full = Math.min(firstMs * 2 ** Math.min(retry, 30), maxMs);
  return full / 2 + (full / 2) * random();
}
