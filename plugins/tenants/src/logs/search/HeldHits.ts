// SPDX-License-Identifier: Apache-2.0
import { lowerBound } from '../rows/lowerBound';

/** Where hits and their times are read. */
type HitTimes = {
  /** Keys of the hits, oldest first. It grows on both sides. */
  readonly keys: readonly number[];
  readonly timeOf: (key: number) => number;
};

/**
 * Counts the hits of a search that are older than a time. Lines of several containers do not come in the order of their times, so each hit
 * is looked at; but each only once.
 */
export class HeldHits {
  #low = Infinity;
  #high = -Infinity;
  #count = 0;

  constructor(private readonly until: number) {}

  /** How many there are among the hits so far. Calling it twice changes nothing. */
  count({ keys, timeOf }: HitTimes): number {
    const fresh =
      this.#low > this.#high
        ? keys
        : [
            ...keys.slice(0, lowerBound(keys, this.#low)),
            ...keys.slice(lowerBound(keys, this.#high + 1)),
          ];
    for (const key of fresh) {
      if (timeOf(key) < this.until) this.#count += 1;
      this.#low = Math.min(this.#low, key);
      this.#high = Math.max(this.#high, key);
    }
    return this.#count;
  }
}
