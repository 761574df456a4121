// SPDX-License-Identifier: Apache-2.0
import type { LogRow } from './LogRow';

/** Rows held at the most; the oldest are let go first. */
export const MAX_LOG_ROWS = 100_000;

/**
 * The rows of a log view, bounded. Each row gets a key when it comes, one more than the one before;
 * a key is never used again, so what is drawn stays the same while old rows are let go.
 */
export class LogBuffer {
  readonly #capacity: number;
  readonly #rows: LogRow[] = [];
  #firstKey = 0;
  #endKey = 0;
  #errors = 0;

  constructor(capacity: number = MAX_LOG_ROWS) {
    this.#capacity = capacity;
  }

  /** Key of the oldest row that is held; also how many rows were let go. */
  get firstKey(): number {
    return this.#firstKey;
  }

  /** Key that the next row will get. */
  get endKey(): number {
    return this.#endKey;
  }

  /** Error lines that ever came. */
  get errors(): number {
    return this.#errors;
  }

  append(row: LogRow): void {
    // A ring: the slot of the oldest row is the slot of the newest.
    this.#rows[this.#endKey % this.#capacity] = row;
    this.#endKey += 1;
    this.#firstKey = Math.max(this.#firstKey, this.#endKey - this.#capacity);
    if (row.kind === 'line' && row.level === 'error') this.#errors += 1;
  }

  /** The row of a key; `undefined` when it was let go or has not come yet. */
  get(key: number): LogRow | undefined {
    if (key < this.#firstKey || key >= this.#endKey) return undefined;
    return this.#rows[key % this.#capacity];
  }
}
