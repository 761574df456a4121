// SPDX-License-Identifier: Apache-2.0

/**
 * The only source of time. Everything that waits, waits on it, so that a test can step it.
 *
 * @public
 */
export interface Clock {
  /** Milliseconds since the epoch, in simulated time. */
  now(): number;
  /** Runs once after `ms` of simulated time. Returns the way to cancel. */
  after(ms: number, run: () => void): () => void;
}

/** Random numbers in [0, 1) that depend only on the seed. @public */
export type Random = () => number;
