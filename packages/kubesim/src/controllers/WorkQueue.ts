// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../time/Clock';

/** How long a key rests before it is taken, so that a burst of changes is one reconcile. */
const SETTLE_MS = 20;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 60_000;

type Waiting = { readonly at: number; readonly cancel: () => void };

/**
 * Keys that wait for their reconcile. A key waits at most once, at its earliest time. `reconcile` returns after how
 * many milliseconds it wants to be called again; when it throws, `failed` hears of it and the key comes back with growing
 * delay.
 */
export class WorkQueue {
  private readonly waiting = new Map<string, Waiting>();
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly options: {
      clock: Clock;
      reconcile: (key: string) => number | undefined;
      failed: (key: string, error: unknown) => void;
    },
  ) {}

  add(key: string, afterMs: number = SETTLE_MS): void {
    const { clock } = this.options;
    const at = clock.now() + afterMs;
    const present = this.waiting.get(key);
    if (present && present.at <= at) return;
    present?.cancel();
    const cancel = clock.after(afterMs, () => this.take(key));
    this.waiting.set(key, { at, cancel });
  }

  stop(): void {
    for (const { cancel } of this.waiting.values()) cancel();
    this.waiting.clear();
  }

  private take(key: string): void {
    this.waiting.delete(key);
    const again = this.tryReconcile(key);
    if (again !== undefined) this.add(key, again);
  }

  private tryReconcile(key: string): number | undefined {
    try {
      const again = this.options.reconcile(key);
      this.failures.delete(key);
      return again;
    } catch (error) {
      this.options.failed(key, error);
      const failures = (this.failures.get(key) ?? 0) + 1;
      this.failures.set(key, failures);
      return Math.min(
        LONGEST_RETRY_MS,
        FIRST_RETRY_MS * 2 ** Math.min(failures, 16),
      );
    }
  }
}
