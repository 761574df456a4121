// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../Clock';

type Timer = { readonly at: number; readonly callback: () => void };

/** A clock that stands still until told to move. */
export class FakeClock implements Clock {
  private time: number;
  private readonly timers = new Set<Timer>();

  constructor(start = '2026-01-01T00:00:00Z') {
    this.time = Date.parse(start);
  }

  now(): number {
    return this.time;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.time + delayMs, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Moves on, running what falls due in order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (let next = this.due(end); next; next = this.due(end)) {
      this.timers.delete(next);
      this.time = next.at;
      next.callback();
    }
    this.time = end;
  }

  /** Moves on in steps, letting promises settle between them. */
  async advanceAsync(ms: number, stepMs = 1_000): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      this.advance(Math.min(stepMs, left));
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  /** Timers that wait; 0 shows that everything was freed. */
  get waiting(): number {
    return this.timers.size;
  }

  private due(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) {
      if (timer.at <= end && (!first || timer.at < first.at)) first = timer;
    }
    return first;
  }
}
