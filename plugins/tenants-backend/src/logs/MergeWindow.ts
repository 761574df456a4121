// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../time/Clock';
import type { LogLine } from './LogLine';
import { mergeLines, type MergedLines } from './MergedLines';

/** Lines that come within this time of one another are put in order. */
export const MERGE_WINDOW_MS = 50;
/** What was written before we came: every source gets this long to begin. */
export const FIRST_WINDOW_MS = 300;
/** Lines older than this were written before we came; nothing older comes from a source that is not sending any. */
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
 */
export class MergeWindow {
  private readonly sources = new Set<number>();
  /** Sources that had nothing to say within a window: nobody waits for them to read on what was written before. */
  private readonly idle = new Set<number>();
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
  }

  /** No lines come from a source any more. */
  close(source: number): void {
    this.sources.delete(source);
    this.idle.delete(source);
    this.look();
  }

  /** Resolves when the lines are written. */
  push(source: number, lines: readonly LogLine[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve();
    this.idle.delete(source);
    return new Promise(resolve => {
      this.waiting.push({ source, lines, done: resolve });
      this.look();
    });
  }

  /** Writes at once when there is nobody to wait for, else when the window is over. */
  private look(): void {
    if (this.isWriting || this.waiting.length === 0) return;
    const isAwaited = this.isHistory() ? this.idle.size : 0;
    if (this.waiting.length >= this.sources.size - isAwaited) {
      void this.flush();
      return;
    }
    const windowMs = this.isFirst ? FIRST_WINDOW_MS : MERGE_WINDOW_MS;
    this.cancelTimer ??= this.options.clock.after(windowMs, () => {
      this.noteIdle();
      void this.flush();
    });
  }

  private noteIdle(): void {
    const heard = new Set(this.waiting.map(({ source }) => source));
    for (const source of this.sources) {
      if (!heard.has(source)) this.idle.add(source);
    }
  }

  /** Whether what waits first was written before we came. */
  private isHistory(): boolean {
    const { clock, inOrder } = this.options;
    const now = (clock.now() - HISTORY_MS) * MICROSECONDS_A_MS;
    return inOrder === true && earliestEnd(this.waiting) < now;
  }

  private async flush(): Promise<void> {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (this.isWriting || this.waiting.length === 0) return;
    this.isWriting = true;
    this.isFirst = false;
    // Up to there every source that sends has sent all it has.
    const end = this.isHistory() ? earliestEnd(this.waiting) : Infinity;
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
function earliestEnd(waiting: readonly Waiting[]): number {
  return Math.min(
    ...waiting.map(({ lines }) =>
      lines.reduce((latest, { at }) => Math.max(latest, at), 0),
    ),
  );
}

function linesUpTo(lines: readonly LogLine[], end: number): readonly LogLine[] {
  if (end === Infinity) return lines;
  const at = lines.findIndex(line => line.at > end);
  return at < 0 ? lines : lines.slice(0, at);
}
