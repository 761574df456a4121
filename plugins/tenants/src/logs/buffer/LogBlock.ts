// SPDX-License-Identifier: Apache-2.0
import {
  createColumns,
  LEVELS,
  LINE_FLAG,
  type LogColumns,
} from '../work/LogColumns';

/** Rows of one block. */
export const BLOCK_ROWS = 4_096;
const FIRST_BYTES = 64 * 1024;

const decoder = new TextDecoder();

/** Rows of columns that follow each other. */
export type LogRun = { readonly from: number; readonly count: number };

/** A fixed number of rows: their text in one piece of memory that grows, the rest in columns. */
export class LogBlock {
  #columns = createColumns(BLOCK_ROWS, FIRST_BYTES);
  #used = 0;

  /** The columns of all slots; those that were not written hold zeros. */
  get columns(): LogColumns {
    return this.#columns;
  }

  /** Bytes of text that are held. */
  get usedBytes(): number {
    return this.#used;
  }

  /** Copies rows of parsed columns, whose text lies in one piece, into the slots from `slot` on. */
  put(slot: number, from: LogColumns, run: LogRun): void {
    const end = run.from + run.count;
    const first = from.starts[run.from];
    const last = from.starts[end - 1] + from.lengths[end - 1];
    this.#reserve(last - first);
    const columns = this.#columns;
    columns.bytes.set(from.bytes.subarray(first, last), this.#used);
    const shift = this.#used - first;
    for (let i = 0; i < run.count; i++) {
      columns.starts[slot + i] = from.starts[run.from + i] + shift;
    }
    columns.lengths.set(from.lengths.subarray(run.from, end), slot);
    columns.times.set(from.times.subarray(run.from, end), slot);
    columns.sources.set(from.sources.subarray(run.from, end), slot);
    columns.levels.set(from.levels.subarray(run.from, end), slot);
    columns.flags.set(from.flags.subarray(run.from, end), slot);
    columns.nanos.set(from.nanos.subarray(run.from, end), slot);
    columns.hashes.set(from.hashes.subarray(run.from, end), slot);
    this.#used += last - first;
  }

  /** Makes a slot a break in the stream. */
  putBreak(slot: number, at: number): void {
    this.#columns.flags[slot] = LINE_FLAG.break;
    this.#columns.times[slot] = at;
  }

  text(slot: number): string {
    const { bytes, starts, lengths } = this.#columns;
    const start = starts[slot];
    return decoder.decode(bytes.subarray(start, start + lengths[slot]));
  }

  level(slot: number) {
    return LEVELS[this.#columns.levels[slot]];
  }

  #reserve(length: number): void {
    const { bytes } = this.#columns;
    if (this.#used + length <= bytes.length) return;
    const size = Math.max(bytes.length * 2, this.#used + length);
    const grown = new Uint8Array(size);
    grown.set(bytes.subarray(0, this.#used));
    this.#columns = { ...this.#columns, bytes: grown };
  }
}
