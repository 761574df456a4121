// SPDX-License-Identifier: Apache-2.0
import type { NewEvent } from '../store/admitEvents';

/** Lines of one operation that wait to be written. */
const MOST_WAITING = 1_000;

/** What an operation says between two writes of its journal. Bounded: beyond its limit the newest lines are counted, not kept. */
export class OperationLog {
  private waiting: NewEvent[] = [];
  private lost = 0;
  /** What the running step is at. */
  private progressText?: string;

  /** Whether there is nothing to write. */
  get isEmpty(): boolean {
    return (
      this.waiting.length === 0 &&
      this.lost === 0 &&
      this.progressText === undefined
    );
  }

  add(event: NewEvent): void {
    if (this.waiting.length < MOST_WAITING) this.waiting.push(event);
    else this.lost += 1;
  }

  progress(message: string): void {
    this.progressText = message;
  }

  /** Hands out what waits, once. */
  take(): { events: NewEvent[]; progress?: string } {
    const events = this.waiting;
    if (this.lost > 0) {
      events.push({
        type: 'log',
        level: 'warning',
        message: `${this.lost} lines came faster than they could be written.`,
      });
    }
    const progress = this.progressText;
    this.waiting = [];
    this.lost = 0;
    this.progressText = undefined;
    return { events, progress };
  }
}
