// SPDX-License-Identifier: Apache-2.0
import { LOG_LIMITS } from '@tenantry/backstage-plugin-tenants-common';
import { LongLine } from './LongLine';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = '\r';
/** What is kept of a line beyond the limit, so that a secret that begins before it is seen whole. */
const OVERLAP_BYTES = 4 * 1024;
/** UTF-8 bytes of one UTF-16 unit at most. */
const MAX_UNIT_BYTES = 3;

/** A line as it was written, without its newline. */
export type RawLine = {
  readonly text: string;
  /** Size of the whole line when `text` is only its beginning; 0 when it is all of it. */
  readonly cutBytes: number;
};

/** Turns chunks of bytes into whole lines. Of a line that is too long little more than the limit is kept, so that one line never fills the memory. */
export class LineSplitter {
  private readonly keepBytes: number;
  private pending?: LongLine;

  /** @param lineBytes - From which size on a line may be cut. */
  constructor(lineBytes: number = LOG_LIMITS.lineBytes) {
    this.keepBytes = lineBytes + OVERLAP_BYTES;
  }

  /** Takes the next chunk; answers the lines that it completes. */
  push(chunk: Buffer): RawLine[] {
    const last = chunk.lastIndexOf(NEWLINE);
    if (last < 0) {
      this.keep(chunk);
      return [];
    }
    const lines: RawLine[] = [];
    let start = 0;
    if (this.pending) {
      const end = chunk.indexOf(NEWLINE);
      this.keep(chunk.subarray(0, end));
      lines.push(...this.end());
      start = end + 1;
    }
    if (start <= last) this.split(chunk.subarray(start, last), lines);
    this.keep(chunk.subarray(last + 1));
    return lines;
  }

  /** The last line, when it did not end with a newline. */
  end(): RawLine[] {
    const { pending } = this;
    this.pending = undefined;
    return pending ? [pending.take()] : [];
  }

  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.pending ??= new LongLine(this.keepBytes);
    this.pending.push(bytes);
  }

  /** All lines of a chunk are decoded at once: one by one costs several times as much. */
  private split(bytes: Buffer, lines: RawLine[]): void {
    const texts = bytes.toString('utf8').split('\n');
    const limit = this.keepBytes / MAX_UNIT_BYTES;
    if (texts.some(text => text.length > limit)) {
      this.splitBytes(bytes, lines);
      return;
    }
    for (const text of texts) {
      lines.push({ text: withoutReturn(text), cutBytes: 0 });
    }
  }

  private splitBytes(bytes: Buffer, lines: RawLine[]): void {
    let start = 0;
    while (start <= bytes.length) {
      const found = bytes.indexOf(NEWLINE, start);
      const end = found < 0 ? bytes.length : found;
      const line = new LongLine(this.keepBytes);
      line.push(bytes.subarray(start, end));
      lines.push(line.take());
      start = end + 1;
    }
  }
}

/** A line that ends in CR LF. */
export function withoutReturn(text: string): string {
  return text.endsWith(CARRIAGE_RETURN) ? text.slice(0, -1) : text;
}
