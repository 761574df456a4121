// SPDX-License-Identifier: Apache-2.0

const newline = 10;
const empty = Buffer.alloc(0);

/**
 * Cuts chunks of bytes into lines, whatever the cuts between chunks.
 * A line that grows beyond `maxBytes` is dropped up to its end and told to `onOversize`, so that memory stays bounded.
 */
export class LineSplitter {
  private readonly held: Buffer[] = [];
  private heldBytes = 0;
  private skipping = false;

  constructor(
    private readonly options: {
      readonly maxBytes: number;
      readonly onOversize: () => void;
    },
  ) {}

  /** Complete lines, without the newline and without empty ones. They may share memory with `chunk`. */
  *push(chunk: Buffer): Generator<Buffer, void, void> {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(newline, start);
      if (end < 0) break;
      const line = this.finish(chunk.subarray(start, end));
      start = end + 1;
      if (line.length > 0) yield line;
    }
    if (start < chunk.length) this.hold(chunk.subarray(start));
  }

  /** What came after the last newline. */
  rest(): Buffer {
    return this.skipping ? empty : Buffer.concat(this.held, this.heldBytes);
  }

  private finish(tail: Buffer): Buffer {
    if (this.skipping) {
      this.skipping = false;
      return empty;
    }
    if (this.heldBytes + tail.length > this.options.maxBytes) {
      this.forget();
      this.options.onOversize();
      return empty;
    }
    if (this.heldBytes === 0) return tail;
    this.held.push(tail);
    const line = Buffer.concat(this.held, this.heldBytes + tail.length);
    this.forget();
    return line;
  }

  private hold(part: Buffer): void {
    if (this.skipping) return;
    this.held.push(part);
    this.heldBytes += part.length;
    if (this.heldBytes <= this.options.maxBytes) return;
    this.forget();
    this.skipping = true;
    this.options.onOversize();
  }

  private forget(): void {
    this.held.length = 0;
    this.heldBytes = 0;
  }
}
