// SPDX-License-Identifier: Apache-2.0
import type { Clock } from './Clock';

/**
 * A clock that can relive the recent past: after `rewind` it stands in the past, and `settle` runs everything that
 * falls due up to the present, at once. A scenario uses it to begin with a cluster that has a history.
 *
 * @public
 */
export interface RewindableClock extends Clock {
  /** Sets the clock back; it stands still until `settle`. */
  rewind(ms: number): void;
  /** Runs what is due, in order, until the present. */
  settle(): void;
}

/** Whether a clock can be set back. @public */
export function isRewindable(clock: Clock): clock is RewindableClock {
  return 'rewind' in clock && 'settle' in clock;
}
