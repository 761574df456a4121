// SPDX-License-Identifier: Apache-2.0

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

const structural = new Uint8Array(256);
for (const byte of [
  quote,
  comma,
  colon,
  openBrace,
  closeBrace,
  openBracket,
  closeBracket,
]) {
  structural[byte] = 1;
}

export type ListSplitterOptions = {
  /** Gets each element of `items`; the bytes are only valid during the call. */
  readonly onItem: (json: Buffer) => void;
  /** Items and members larger than this are dropped. */
  readonly maxBytes: number;
  readonly onOversize: () => void;
};

/**
 * Splits the body of a list into its items without building it, whatever the cuts between chunks.
 *
 * It walks the bytes once and follows only strings and depth:
 * depth 0 before and after the list; 1 among its members; inside `items` an element begins at depth 2.
 * What it captures is an element of `items` or the value of another member. Whether that is valid JSON is
 * for the reader of the bytes to say.
 */
export class ListSplitter {
  private depth = 0;
  private inString = false;
  private escaped = false;
  private expectsKey = false;
  private key = '';
  private capturing: 'item' | 'member' | 'key' | undefined;
  private readonly held: Buffer[] = [];
  private heldBytes = 0;
  private dropped = false;
  private readonly found = new Map<string, string>();

  constructor(private readonly options: ListSplitterOptions) {}

  push(chunk: Buffer): void {
    let from = this.capturing ? 0 : -1;
    for (let i = 0; i < chunk.length; i++) {
      if (this.inString) {
        i = this.skipString(chunk, i);
        if (this.inString) break;
        if (this.capturing === 'key') from = this.endKey(chunk, from, i);
        continue;
      }
      const byte = chunk[i]!;
      if (structural[byte]) from = this.onStructural(chunk, i, from);
    }
    if (this.capturing && from >= 0) this.hold(chunk.subarray(from));
  }

  /** JSON of a member of the list other than `items`. @throws Error when the body ended early. */
  member(name: string): string | undefined {
    if (this.depth !== 0 || this.inString || this.found.size === 0) {
      throw new Error('The list ended early.');
    }
    return this.found.get(name);
  }

  /** Index of the closing quote, or the end of the chunk while still inside. */
  private skipString(chunk: Buffer, start: number): number {
    let i = start;
    for (; i < chunk.length; i++) {
      const byte = chunk[i];
      if (this.escaped) this.escaped = false;
      else if (byte === backslash) this.escaped = true;
      else if (byte === quote) {
        this.inString = false;
        return i;
      }
    }
    return i;
  }

  /** Returns where the present capture begins in this chunk, -1 without one. */
  private onStructural(chunk: Buffer, i: number, from: number): number {
    switch (chunk[i]) {
      case quote:
        this.inString = true;
        return this.depth === 1 && this.expectsKey
          ? this.begin('key', i)
          : from;
      case openBrace:
      case openBracket:
        return this.open(chunk, i, from);
      case closeBrace:
      case closeBracket:
        return this.close(chunk, i, from);
      case colon:
        return this.depth === 1 && !this.capturing && this.key !== 'items'
          ? this.begin('member', i + 1)
          : from;
      default:
        if (this.depth !== 1) return from;
        this.endMember(chunk, i, from);
        this.expectsKey = true;
        return -1;
    }
  }

  private open(chunk: Buffer, i: number, from: number): number {
    this.depth++;
    if (this.depth === 1) this.expectsKey = true;
    const isItem = this.depth === 3 && this.key === 'items';
    return isItem && chunk[i] === openBrace && !this.capturing
      ? this.begin('item', i)
      : from;
  }

  private close(chunk: Buffer, i: number, from: number): number {
    this.depth--;
    if (this.depth === 2 && this.capturing === 'item') {
      const item = this.end(chunk, from, i + 1);
      if (item) this.options.onItem(item);
      return -1;
    }
    if (this.depth > 0) return from;
    this.endMember(chunk, i, from);
    return -1;
  }

  private begin(what: 'item' | 'member' | 'key', i: number): number {
    this.capturing = what;
    return i;
  }

  private endKey(chunk: Buffer, from: number, i: number): number {
    const json = this.end(chunk, from, i + 1);
    this.key = json ? json.toString('latin1').slice(1, -1) : '';
    this.expectsKey = false;
    return -1;
  }

  private endMember(chunk: Buffer, i: number, from: number): void {
    if (this.capturing !== 'member') return;
    const json = this.end(chunk, from, i);
    if (json) this.found.set(this.key, json.toString('utf8'));
  }

  private end(chunk: Buffer, from: number, to: number): Buffer | undefined {
    this.hold(chunk.subarray(from, to));
    this.capturing = undefined;
    const { dropped } = this;
    const only = this.held.length === 1 ? this.held[0] : undefined;
    const bytes = only ?? Buffer.concat(this.held, this.heldBytes);
    this.held.length = 0;
    this.heldBytes = 0;
    this.dropped = false;
    return dropped ? undefined : bytes;
  }

  private hold(part: Buffer): void {
    if (this.dropped) return;
    this.held.push(part);
    this.heldBytes += part.length;
    if (this.heldBytes <= this.options.maxBytes) return;
    this.dropped = true;
    this.held.length = 0;
    this.options.onOversize();
  }
}
