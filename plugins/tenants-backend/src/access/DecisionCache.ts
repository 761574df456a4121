// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../time/Clock';

/** Named limits of the cache of decisions. */
export const DECISION_LIMITS = {
  keptMs: 10_000,
  /** What streams that ask again accept, so that the subscriptions of one stream ask once together. */
  recheckedMs: 100,
  entries: 1_000,
} as const;

/** How long and how many answers are kept. */
type Kept = { readonly keptMs: number; readonly entries: number };

type Entry<T> = { readonly value: Promise<T>; readonly askedAt: number };

/**
 * Remembers what a policy said for at most 10 s unless told otherwise, so that a revoked right lasts no longer.
 * Asked twice at once for the same, it asks the policy once. Failures are not remembered.
 */
export class DecisionCache<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly kept: Kept = DECISION_LIMITS,
  ) {}

  /**
   * What is remembered under the key, or what `load` answers.
   *
   * @param maxAgeMs - How old the answer may be, at most what the cache keeps.
   * @throws what `load` throws
   */
  get(
    key: string,
    load: () => Promise<T>,
    maxAgeMs: number = this.kept.keptMs,
  ): Promise<T> {
    // Counted from the question: the answer may be of any moment after it.
    const askedAt = this.clock.now();
    const known = this.entries.get(key);
    const maxAge = Math.min(maxAgeMs, this.kept.keptMs);
    if (known && askedAt - known.askedAt < maxAge) return known.value;
    const entry: Entry<T> = { value: load(), askedAt };
    this.put(key, entry);
    entry.value.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    });
    return entry.value;
  }

  private put(key: string, entry: Entry<T>): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (this.entries.size <= this.kept.entries) return;
    const [oldest] = this.entries.keys();
    this.entries.delete(oldest);
  }
}
