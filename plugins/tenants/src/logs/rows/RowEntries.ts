// SPDX-License-Identifier: Apache-2.0

/** What one row of the view stands for. */
export const ENTRY_KINDS = [
  /** The line or break of its key. */
  'row',
  /** Equal lines that follow each other. */
  'repeat',
  /** Lines of a stack, put away. */
  'fold',
  /** The head of a stack that was opened; its lines follow as rows. */
  'opened',
  /** Lines that a filter leaves out. */
  'gap',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One row of the view. */
export type RowEntry = {
  readonly kind: EntryKind;
  /** Key of the line, or of the first of those it stands for. */
  readonly key: number;
  /** How many lines it stands for. */
  readonly count: number;
};

const FIRST_ROOM = 1_024;

/** The rows of the view as columns, in order of their keys. Places are counted from the first that ever was, so they stay. */
export class RowEntries {
  #keys = new Float64Array(FIRST_ROOM);
  #counts = new Uint32Array(FIRST_ROOM);
  #kinds = new Uint8Array(FIRST_ROOM);
  #start = 0;
  #end = 0;

  /** Place of the first row. */
  get start(): number {
    return this.#start;
  }

  /** Place behind the last row. */
  get end(): number {
    return this.#end;
  }

  get(place: number): RowEntry {
    return {
      kind: ENTRY_KINDS[this.#kinds[place]],
      key: this.#keys[place],
      count: this.#counts[place],
    };
  }

  kindAt(place: number): EntryKind {
    return ENTRY_KINDS[this.#kinds[place]];
  }

  keyAt(place: number): number {
    return this.#keys[place];
  }

  /** Adds a row and returns its place. */
  push(kind: EntryKind, key: number): number {
    if (this.#end === this.#keys.length) this.#grow();
    this.#keys[this.#end] = key;
    this.#counts[this.#end] = 1;
    this.#kinds[this.#end] = ENTRY_KINDS.indexOf(kind);
    this.#end += 1;
    return this.#end - 1;
  }

  /** Lets a row stand for one line more. */
  addTo(place: number, kind: EntryKind): void {
    this.#counts[place] += 1;
    this.#kinds[place] = ENTRY_KINDS.indexOf(kind);
  }

  /** Leaves out the rows before a key. */
  dropBefore(key: number): void {
    while (this.#start < this.#end && this.#keys[this.#start] < key) {
      this.#start += 1;
    }
  }

  /** The first place whose key is not before `key`. */
  placeOf(key: number): number {
    let low = this.#start;
    let high = this.#end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#keys[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const room = this.#keys.length * 2;
    this.#keys = grown(this.#keys, new Float64Array(room));
    this.#counts = grown(this.#counts, new Uint32Array(room));
    this.#kinds = grown(this.#kinds, new Uint8Array(room));
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
