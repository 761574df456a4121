// SPDX-License-Identifier: Apache-2.0
import { LOG_LIMITS } from '@tenantry/backstage-plugin-tenants-common';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Says where a line was cut. */
export const CUT_MARKER = ` … [line cut after ${LOG_LIMITS.lineBytes} bytes]`;

/** Turns chunks of bytes into whole lines. What is longer than the limit is cut, so that one line never fills the memory. */
export class LineSplitter {
  private parts: Buffer[] = [];
  private length = 0;
  private isCut = false;

  /** Takes the next chunk; answers the lines that it completes. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (
      let end = chunk.indexOf(NEWLINE);
      end >= 0;
      end = chunk.indexOf(NEWLINE, start)
    ) {
      this.keep(chunk.subarray(start, end));
      lines.push(this.take());
      start = end + 1;
    }
    this.keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, when it did not end with a newline. */
  end(): string[] {
    return this.length > 0 ? [this.take()] : [];
  }

  private keep(bytes: Buffer): void {
    const room = LOG_LIMITS.lineBytes - this.length;
    if (bytes.length > room) this.isCut = true;
    const kept = bytes.subarray(0, room);
    if (kept.length === 0) return;
    // Copied: a piece of a line must not keep the whole chunk, nor change when the chunk is reused.
    this.parts.push(Buffer.from(kept));
    this.length += kept.length;
  }

  private take(): string {
    const line = Buffer.concat(this.parts);
    const { isCut } = this;
    this.parts = [];
    this.length = 0;
    this.isCut = false;
    if (isCut) return withoutHalfCharacter(line).toString('utf8') + CUT_MARKER;
    const end =
      line[line.length - 1] === CARRIAGE_RETURN ? line.length - 1 : line.length;
    return line.toString('utf8', 0, end);
  }
}

/** Drops a last UTF-8 character of which only the beginning is there. */
function withoutHalfCharacter(bytes: Buffer): Buffer {
  let lead = bytes.length - 1;
  // Bytes 10xxxxxx continue a character; no character has more than three of them.
  while (lead > bytes.length - 4 && (bytes[lead] & 0xc0) === 0x80) lead -= 1;
  const isWhole = bytes.length - lead >= characterLength(bytes[lead]);
  return isWhole ? bytes : bytes.subarray(0, lead);
}

function characterLength(leadByte: number): number {
  if (leadByte < 0x80) return 1;
  if (leadByte < 0xe0) return 2;
  return leadByte < 0xf0 ? 3 : 4;
}
