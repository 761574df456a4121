// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../time/Clock';
import type { LogLine } from './LogLine';
import { mergeLines, type MergedLines } from './MergedLines';

/** Lines that come within this time of one another are put in order. */
export const MERGE_WINDOW_MS = 50;
/** What was written before we came: every source gets this long to begin. */
export const FIRST_WINDOW_MS = 300;

type Waiting = {
  readonly source: number;
  readonly lines: readonly LogLine[];
  readonly done: () => void;
};

/**
 * Brings lines of sources that are followed into the order of their times, as far as they come at about the same time. Each source has
 * one batch here at most and waits until it is written: that is how a slow reader slows every source down.
 */
export class MergeWindow {
  private readonly sources = new Set<number>();
  private waiting: Waiting[] = [];
  private isFirst = true;
  private isWriting = false;
  private cancelTimer?: () => void;

  /** @param write - Resolves when more may come. */
  constructor(
    private readonly write: (merged: MergedLines) => Promise<void>,
    private readonly clock: Clock,
  ) {}

  /** A source from which lines may come. */
  open(source: number): void {
    this.sources.add(source);
  }

  /** No lines come from a source any more. */
  close(source: number): void {
    this.sources.delete(source);
    this.look();
  }

  /** Resolves when the lines are written. */
  push(source: number, lines: readonly LogLine[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve();
    return new Promise(resolve => {
      this.waiting.push({ source, lines, done: resolve });
      this.look();
    });
  }

  /** Writes at once when there is nobody to wait for, else when the window is over. */
  private look(): void {
    if (this.isWriting || this.waiting.length === 0) return;
    if (this.waiting.length >= this.sources.size) {
      void this.flush();
      return;
    }
    const windowMs = this.isFirst ? FIRST_WINDOW_MS : MERGE_WINDOW_MS;
    this.cancelTimer ??= this.clock.after(windowMs, () => void this.flush());
  }

  private async flush(): Promise<void> {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (this.isWriting) return;
    this.isWriting = true;
    this.isFirst = false;
    const { waiting } = this;
    this.waiting = [];
    try {
      await this.write(mergeLines(waiting));
    } finally {
      this.isWriting = false;
      for (const { done } of waiting) done();
      this.look();
    }
  }
}
