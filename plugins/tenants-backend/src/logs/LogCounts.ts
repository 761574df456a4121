// SPDX-License-Identifier: Apache-2.0
import type { LogLine } from './LogLine';

/** Buckets that wait to be told; beyond them the oldest are told at once. */
export const MAX_BUCKETS = 2_000;

/** Start in seconds since the epoch, lines, warnings, errors, matches. */
export type LogBucket = [number, number, number, number, number];

/** Counts lines by time. What was taken is not told again: the reader adds up. */
export class LogCounts {
  private buckets = new Map<number, LogBucket>();
  private lastSecond = '';
  private last?: LogBucket;

  constructor(readonly bucketSeconds: number) {}

  get isFull(): boolean {
    return this.buckets.size >= MAX_BUCKETS;
  }

  add(line: LogLine, isMatch: boolean): void {
    if (line.time === '') return;
    const bucket = this.bucketOf(line.time);
    bucket[1] += 1;
    if (line.level === 'w') bucket[2] += 1;
    if (line.level === 'e') bucket[3] += 1;
    if (isMatch) bucket[4] += 1;
  }

  /** The counts since the last call, in order of time. */
  take(): LogBucket[] {
    const taken = [...this.buckets.values()].sort((a, b) => a[0] - b[0]);
    this.buckets = new Map();
    this.last = undefined;
    this.lastSecond = '';
    return taken;
  }

  /** Most lines are of the second of the one before them. */
  private bucketOf(time: string): LogBucket {
    const second = time.slice(0, 19);
    if (this.last && second === this.lastSecond) return this.last;
    const at = Date.parse(`${second}Z`) / 1_000;
    const start = at - (at % this.bucketSeconds);
    const bucket = this.buckets.get(start) ?? [start, 0, 0, 0, 0];
    this.buckets.set(start, bucket);
    this.lastSecond = second;
    this.last = bucket;
    return bucket;
  }
}
