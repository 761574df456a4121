// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../time/Clock';

/** Logs are kept open for a reader who takes nothing for no longer than this. */
export const STILL_MS = 10_000;

/**
 * Whether the reader of an answer stands still: a tab that was frozen, a command that was stopped. What lies between, twenty sockets and
 * what was read ahead of them, is let go meanwhile; the logs are opened again where they were left.
 */
export class StillReader {
  private still = new AbortController();
  private cancel?: () => void;
  private wakers: (() => void)[] = [];

  constructor(private readonly clock: Clock) {}

  /** Aborts when the reader stands still. Another one once it has moved. */
  get signal(): AbortSignal {
    return this.still.signal;
  }

  /** It is waited for. */
  waits(): void {
    this.cancel ??= this.clock.after(STILL_MS, () => this.still.abort());
  }

  /** It has taken something, or left. */
  moves(): void {
    this.cancel?.();
    this.cancel = undefined;
    if (this.still.signal.aborted) this.still = new AbortController();
    for (const wake of this.wakers.splice(0)) wake();
  }

  /** Resolves when the reader moves again; at once when it does. */
  untilMoving(): Promise<void> {
    if (!this.still.signal.aborted) return Promise.resolve();
    return new Promise(resolve => this.wakers.push(resolve));
  }
}
