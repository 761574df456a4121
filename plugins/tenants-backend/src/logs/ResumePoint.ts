// SPDX-License-Identifier: Apache-2.0
import type { LogLine } from './LogLine';
import { hashOf, type LogPlace } from './LogPlace';

/** Lines of one instant that are held back while it is open which of them was the last to be shown. */
const MAX_HELD = 1_000;

/** What is new among lines that were read again. */
export type Resumed = {
  readonly lines: readonly LogLine[];
  /** How it went on, told once: exactly behind the place, or with lines that may be missing. */
  readonly outcome?: 'exact' | 'gap';
};

/**
 * Finds the place in a log that is read again, and lets through what is behind it.
 *
 * States: before (lines older than the place) → at (lines of its very time) → behind. Usually the n-th line of that time is the one
 * that was shown last. When the log began in the middle of that instant, the first time or now, the count is off, and the line is known
 * by its hash. A log in which nothing of that instant is left has been rotated: that is a gap.
 */
export class ResumePoint {
  private isBehind = false;
  private seen = 0;
  /** Lines behind the last one with the right hash; absent before the first such line. */
  private held?: LogLine[];

  constructor(private readonly place: LogPlace) {}

  take(lines: readonly LogLine[]): Resumed {
    if (this.isBehind) return { lines };
    for (let i = 0; i < lines.length; i += 1) {
      const line = lines[i];
      if (line.time < this.place.time) continue;
      const found =
        line.time > this.place.time ? this.leave() : this.look(line);
      if (!found) continue;
      const isLeft = line.time > this.place.time;
      const rest = lines.slice(isLeft ? i : i + 1);
      return { lines: [...found.lines, ...rest], outcome: found.outcome };
    }
    return { lines: [] };
  }

  /** The log has ended. */
  end(): Resumed {
    return this.isBehind || !this.held ? { lines: [] } : this.leave();
  }

  /** A line of the place’s time. */
  private look(line: LogLine): Resumed | undefined {
    this.seen += 1;
    const isAlike = hashOf(line.text) === this.place.hash;
    if (isAlike && this.seen >= this.place.count) return this.pass([], 'exact');
    if (isAlike) {
      this.held = [];
      return undefined;
    }
    this.held?.push(line);
    const isOver =
      this.held &&
      (this.seen >= this.place.count || this.held.length > MAX_HELD);
    return isOver ? this.leave() : undefined;
  }

  private leave(): Resumed {
    return this.pass(this.held ?? [], this.held ? 'exact' : 'gap');
  }

  private pass(lines: readonly LogLine[], outcome: 'exact' | 'gap'): Resumed {
    this.isBehind = true;
    this.held = undefined;
    return { lines, outcome };
  }
}
