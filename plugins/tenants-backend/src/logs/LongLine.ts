// SPDX-License-Identifier: Apache-2.0
import { FirstBytes } from './FirstBytes';
import type { RawLine } from './LineSplitter';

const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
/** A timestamp is shorter than this. */
const MAX_TIME_BYTES = 40;

/**
 * One line that comes in pieces, of which a limited number of bytes is kept: its beginning, or, when it is a progress bar that writes
 * over itself with carriage returns and is too long, its time and what a terminal would show at the end.
 */
export class LongLine {
  private readonly head: FirstBytes;
  /** What came behind the last carriage return that something followed; absent when none did. */
  private shown?: FirstBytes;
  private endsWithReturn = false;
  private size = 0;

  constructor(private readonly limit: number) {
    this.head = new FirstBytes(limit);
  }

  push(bytes: Buffer): void {
    this.size += bytes.length;
    this.head.push(bytes);
    this.follow(bytes);
  }

  take(): RawLine {
    const size = this.endsWithReturn ? this.size - 1 : this.size;
    if (size <= this.limit) {
      return { text: this.head.bytes(size).toString('utf8'), cutBytes: 0 };
    }
    const text = this.shown
      ? this.time() + this.shown.toText()
      : this.head.toText();
    return { text, cutBytes: size };
  }

  private follow(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.endsWithReturn) this.shown = new FirstBytes(this.limit);
    this.endsWithReturn = bytes[bytes.length - 1] === CARRIAGE_RETURN;
    const end = this.endsWithReturn ? bytes.length - 1 : bytes.length;
    const at = end > 0 ? bytes.lastIndexOf(CARRIAGE_RETURN, end - 1) : -1;
    if (at >= 0) this.shown = new FirstBytes(this.limit);
    this.shown?.push(bytes.subarray(at + 1, end));
  }

  private time(): string {
    const start = this.head.bytes(MAX_TIME_BYTES);
    return start.toString('latin1', 0, start.indexOf(SPACE) + 1);
  }
}
