// SPDX-License-Identifier: Apache-2.0

/** When what failed is tried again. */
export const RETRY_LIMITS = {
  /** After the first try. */
  retries: 3,
  baseMs: 60_000,
  capMs: 900_000,
  /** Part of the delay by which it may be shorter or longer, so that what failed together does not come back together. */
  jitter: 0.2,
} as const;

/**
 * How long to wait after a failed try: 60 s, doubling, at most 15 min, give or take a fifth.
 *
 * @param attempt - The try that failed, from 1.
 * @param random - From 0 to 1.
 */
export function retryDelay(attempt: number, random: number): number {
  const { baseMs, capMs, jitter } = RETRY_LIMITS;
  const plain = Math.min(capMs, baseMs * 2 ** (attempt - 1));
  const jittered = plain * (1 - jitter + 2 * jitter * random);
  return Math.round(Math.min(capMs, jittered));
}
