// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../time/Clock';
import type { LogLine } from './LogLine';
import { mergeLines, type MergedLines } from './MergedLines';

/** Lines that come within this time of one another are put in order. */
export const MERGE_WINDOW_MS = 50;
/** What was written before we came: every source gets this long to begin. */
export const FIRST_WINDOW_MS = 300;
/** A source whose lines are older than this reads on what was written before, though it was up to date once. */
const HISTORY_MS = 2_000;
const MICROSECONDS_A_MS = 1_000;

type Waiting = {
  readonly source: number;
  /** Shorter each time a part is written. */
  lines: readonly LogLine[];
  readonly done: () => void;
};

type MergeWindowOptions = {
  readonly clock: Clock;
  /** Whether what was written before we came is put in order whole. */
  readonly inOrder?: boolean;
};

/**
 * Brings lines of sources that are followed into the order of their times: what is written now as far as it comes at about the same time,
 * what was written before, if wanted, exactly. Each source has one batch here at most and waits until it is written: that is how a slow
 * reader slows every source down.
 *
 * A source is behind from its opening until it has nothing more to say within a window, or says what was written within the last one.
 * While any is behind, lines are written only up to where all of those have come: their next batch may hold lines from just after it.
 */
export class MergeWindow {
  private readonly sources = new Set<number>();
  /** Sources that may still have more of what was written before; none when its order does not matter. */
  private readonly behind = new Set<number>();
  private waiting: Waiting[] = [];
  private isFirst = true;
  private isWriting = false;
  private cancelTimer?: () => void;

  /** @param write - Resolves when more may come. */
  constructor(
    private readonly write: (merged: MergedLines) => Promise<void>,
    private readonly options: MergeWindowOptions,
  ) {}

  /** A source from which lines may come. */
  open(source: number): void {
    this.sources.add(source);
    if (this.options.inOrder) this.behind.add(source);
  }

  /** No lines come from a source any more. */
  close(source: number): void {
    this.sources.delete(source);
    this.behind.delete(source);
    this.look();
  }

  /** Resolves when the lines are written. */
  push(source: number, lines: readonly LogLine[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve();
    this.noteAge(source, lines);
    return new Promise(resolve => {
      this.waiting.push({ source, lines, done: resolve });
      this.look();
    });
  }

  /** Writes at once when there is nobody to wait for, else when the window is over. */
  private look(): void {
    if (this.isWriting || this.waiting.length === 0) return;
    if (this.isEverybodyHere()) {
      void this.flush();
      return;
    }
    const windowMs = this.isFirst ? FIRST_WINDOW_MS : MERGE_WINDOW_MS;
    this.cancelTimer ??= this.options.clock.after(windowMs, () => {
      const heard = this.heard();
      for (const source of this.behind) {
        if (!heard.has(source)) this.behind.delete(source);
      }
      void this.flush();
    });
  }

  private heard(): ReadonlySet<number> {
    return new Set(this.waiting.map(({ source }) => source));
  }

  /** Who is up to date is not waited for while others are not. */
  private isEverybodyHere(): boolean {
    const heard = this.heard();
    const awaited = this.behind.size > 0 ? this.behind : this.sources;
    for (const source of awaited) if (!heard.has(source)) return false;
    return true;
  }

  private noteAge(source: number, lines: readonly LogLine[]): void {
    const { clock, inOrder } = this.options;
    if (!inOrder) return;
    const ageMs = clock.now() - latestOf(lines) / MICROSECONDS_A_MS;
    if (ageMs > HISTORY_MS) this.behind.add(source);
    else if (ageMs <= MERGE_WINDOW_MS) this.behind.delete(source);
  }

  private async flush(): Promise<void> {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (this.isWriting || this.waiting.length === 0) return;
    this.isWriting = true;
    this.isFirst = false;
    // Up to there every source has sent all it has.
    const end = Math.min(
      ...this.waiting
        .filter(({ source }) => this.behind.has(source))
        .map(({ lines }) => latestOf(lines)),
    );
    const parts = this.waiting.map(({ source, lines }) => ({
      source,
      lines: linesUpTo(lines, end),
    }));
    const taken = this.waiting;
    this.waiting = [];
    try {
      await this.write(mergeLines(parts));
    } finally {
      this.isWriting = false;
      const rests = taken.filter((batch, at) => {
        batch.lines = batch.lines.slice(parts[at].lines.length);
        return batch.lines.length > 0;
      });
      this.waiting = [...rests, ...this.waiting];
      for (const batch of taken) if (batch.lines.length === 0) batch.done();
      this.look();
    }
  }
}

/** Times may fall within a source, when a clock is set: what counts is how far it has come. */
function latestOf(lines: readonly LogLine[]): number {
  return lines.reduce((latest, { at }) => Math.max(latest, at), 0);
}

function linesUpTo(lines: readonly LogLine[], end: number): readonly LogLine[] {
  if (end === Infinity) return lines;
  const at = lines.findIndex(line => line.at > end);
  return at < 0 ? lines : lines.slice(0, at);
}
