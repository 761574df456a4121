// SPDX-License-Identifier: Apache-2.0

/** First wait after a drop, in milliseconds. */
export const FIRST_DELAY_MS = 500;
/** Longest wait between two tries, in milliseconds. */
export const LONGEST_DELAY_MS = 30_000;

/**
 * How long to wait before try `tries + 1`: doubled each time, between half and the whole of it by chance,
 * so that the tabs of a restarted portal do not come back together.
 */
export function reconnectDelay(tries: number, random: number): number {
  const whole = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** tries);
  return Math.round(whole * (0.5 + random / 2));
}
