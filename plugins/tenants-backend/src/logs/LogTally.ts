// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises';
import type { LogCounts } from './LogCounts';
import type { LogFilter } from './LogFilter';
import type { LogLine } from './LogLine';

/** A search gives others their turn after this long. */
const TURN_MS = 10;

/** Sifts the lines of one answer, and counts what was read, what matched and what was masked. */
export class LogTally {
  read = 0;
  matched = 0;
  masked = 0;

  constructor(
    private readonly filter: LogFilter,
    readonly counts: LogCounts | undefined,
  ) {}

  /** The lines that are wanted. */
  async sift(lines: readonly LogLine[]): Promise<readonly LogLine[]> {
    this.read += lines.length;
    for (const line of lines) this.masked += line.masks.length;
    const wanted = this.filter.takesAll ? lines : await this.search(lines);
    this.matched += wanted.length;
    this.count(lines, wanted);
    return wanted;
  }

  private async search(lines: readonly LogLine[]): Promise<LogLine[]> {
    const wanted: LogLine[] = [];
    let turnEnds = performance.now() + TURN_MS;
    for (const line of lines) {
      if (this.filter.takes(line)) wanted.push(line);
      if (performance.now() < turnEnds) continue;
      await setImmediate();
      turnEnds = performance.now() + TURN_MS;
    }
    return wanted;
  }

  private count(lines: readonly LogLine[], wanted: readonly LogLine[]): void {
    if (!this.counts) return;
    let next = 0;
    for (const line of lines) {
      const isMatch = wanted[next] === line;
      if (isMatch) next += 1;
      this.counts.add(line, isMatch);
    }
  }
}
