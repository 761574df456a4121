// SPDX-License-Identifier: Apache-2.0
import type { LogSource } from '@tenantry/backstage-plugin-tenants-common';
import { BLOCK_ROWS, LogBlock, type LogRun } from './buffer/LogBlock';
import { LogVolume } from './buffer/LogVolume';
import type { LogBreak, LogLevel, LogRow } from './LogRow';
import { sourceKey } from './sourceKey';
import {
  LEVELS,
  LINE_FLAG,
  type LineNote,
  type LogColumns,
} from './work/LogColumns';

/** Rows held at the most; the oldest are let go first. */
export const MAX_LOG_ROWS = 1_000_000;
/** Bytes of text held at the most; the oldest are let go first. */
export const MAX_LOG_BYTES = 256 * 1024 * 1024;

const ERROR = LEVELS.indexOf('error');

/** Bounds of a {@link LogBuffer}. */
export type LogBufferBounds = {
  readonly rows?: number;
  readonly bytes?: number;
};

/**
 * The rows of a log view, bounded, as bytes and offsets. Each row gets a key when it comes: those that come at the end one more than
 * the one before, those that are put before the first one less. A key is never used again, so what is drawn stays the same while
 * rows come and go on both sides.
 */
export class LogBuffer {
  readonly #maxRows: number;
  readonly #maxBytes: number;
  readonly #blocks = new Map<number, LogBlock>();
  readonly #breaks = new Map<number, LogBreak>();
  readonly #notes = new Map<number, LineNote>();
  readonly #sources: LogSource[] = [];
  readonly #sourceIds = new Map<string, number>();
  readonly #lines: number[] = [];
  readonly #lastTimes: number[] = [];
  readonly volume = new LogVolume();
  #firstKey = 0;
  #endKey = 0;
  #lowestKey = 0;
  #errors = 0;
  #warnings = 0;
  #heldBytes = 0;

  constructor(bounds: LogBufferBounds = {}) {
    this.#maxRows = bounds.rows ?? MAX_LOG_ROWS;
    this.#maxBytes = bounds.bytes ?? MAX_LOG_BYTES;
  }

  /** Key of the oldest row that is held. */
  get firstKey(): number {
    return this.#firstKey;
  }

  /** Key that the next row at the end will get. */
  get endKey(): number {
    return this.#endKey;
  }

  /** Rows that were let go. */
  get letGo(): number {
    return this.#firstKey - this.#lowestKey;
  }

  /** Error lines that ever came. */
  get errors(): number {
    return this.#errors;
  }

  get warnings(): number {
    return this.#warnings;
  }

  /** Containers in the order in which they came. Their place is their number in the columns. */
  get sources(): readonly LogSource[] {
    return this.#sources;
  }

  /** Lines that ever came from the container of a number. */
  linesOf(source: number): number {
    return this.#lines[source] ?? 0;
  }

  /** When the container of a number last wrote, in milliseconds since the epoch; NaN when it has not. */
  lastTimeOf(source: number): number {
    return this.#lastTimes[source] ?? Number.NaN;
  }

  /** The number of a container; it gets one when it is new. */
  sourceId(source: LogSource): number {
    const key = sourceKey(source);
    const known = this.#sourceIds.get(key);
    if (known !== undefined) return known;
    this.#sourceIds.set(key, this.#sources.length);
    this.#lines.push(0);
    this.#lastTimes.push(Number.NaN);
    return this.#sources.push(source) - 1;
  }

  /** Adds parsed lines at the end. */
  append(columns: LogColumns): void {
    this.#put(this.#endKey, columns, { from: 0, count: columns.count });
    this.#endKey += columns.count;
    this.#letGoOldest();
  }

  /** Adds a break at the end. */
  appendBreak(row: LogBreak, at: number = Number.NaN): void {
    this.#block(this.#endKey).putBreak(slotOf(this.#endKey), at);
    this.#breaks.set(this.#endKey, row);
    this.#endKey += 1;
    this.#letGoOldest();
  }

  /** Puts lines before the first. Those for which there is no room are left out, oldest first. */
  prepend(columns: LogColumns): void {
    const room = this.#maxRows - (this.#endKey - this.#firstKey);
    const count = Math.min(columns.count, room);
    const from = columns.count - count;
    this.#put(this.#firstKey - count, columns, { from, count });
    this.#firstKey -= count;
    this.#lowestKey = Math.min(this.#lowestKey, this.#firstKey);
  }

  /** The row of a key; `undefined` when it was let go or has not come yet. */
  get(key: number): LogRow | undefined {
    if (key < this.#firstKey || key >= this.#endKey) return undefined;
    const found = this.#breaks.get(key);
    if (found) return found;
    const block = this.#block(key);
    const slot = slotOf(key);
    const { times, sources, flags } = block.columns;
    return {
      kind: 'line',
      at: times[slot],
      source: this.#sources[sources[slot]],
      text: block.text(slot),
      level: block.level(slot),
      flags: flags[slot],
      note: this.#notes.get(key),
    };
  }

  /** The time of a row in milliseconds; NaN when it has none. */
  timeOf(key: number): number {
    return this.#block(key).columns.times[slotOf(key)];
  }

  /** The block that holds a key, for loops over many rows. Only slots of held keys mean something. */
  blockOf(key: number): LogColumns {
    return this.#block(key).columns;
  }

  /** The nearest row of a level in one direction from a key, the key itself left out. */
  findLevel(level: LogLevel, from: number, by: 1 | -1): number | undefined {
    const wanted = LEVELS.indexOf(level);
    for (let k = from + by; k >= this.#firstKey && k < this.#endKey; k += by) {
      if (this.blockOf(k).levels[slotOf(k)] === wanted) return k;
    }
    return undefined;
  }

  /** The first row that is not before a time, taking the rows to be in order. */
  findTime(at: number): number {
    let low = this.#firstKey;
    let high = this.#endKey;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.timeOf(middle) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The time of a line as it was written, to the nanosecond. */
  writtenTime(key: number): string {
    const { times, nanos } = this.blockOf(key);
    const slot = slotOf(key);
    const whole = new Date(times[slot]).toISOString();
    const fraction = `${whole.slice(20, 23)}${String(nanos[slot]).padStart(
      6,
      '0',
    )}`;
    const short = fraction.replace(/0+$/, '');
    return `${whole.slice(0, 19)}${short === '' ? '' : `.${short}`}Z`;
  }

  /** How many lines of the same container had the same time before a line. */
  indexAtTime(key: number): number {
    const { times, nanos, sources } = this.blockOf(key);
    const slot = slotOf(key);
    let index = 0;
    for (let k = key - 1; k >= this.#firstKey; k--) {
      const block = this.blockOf(k);
      const other = slotOf(k);
      if (!isLine(block, other)) continue;
      if (block.times[other] < times[slot]) break;
      const same =
        block.sources[other] === sources[slot] &&
        block.times[other] === times[slot] &&
        block.nanos[other] === nanos[slot];
      if (same) index += 1;
    }
    return index;
  }

  #put(key: number, columns: LogColumns, run: LogRun): void {
    let done = 0;
    while (done < run.count) {
      const slot = slotOf(key + done);
      const count = Math.min(run.count - done, BLOCK_ROWS - slot);
      const block = this.#block(key + done);
      const before = block.usedBytes;
      block.put(slot, columns, { from: run.from + done, count });
      this.#heldBytes += block.usedBytes - before;
      done += count;
    }
    this.#count(columns, run);
    for (const note of columns.notes) {
      const at = key + note.row - run.from;
      if (at >= key) {
        this.#notes.set(at, { ...this.#notes.get(at), ...note });
      }
    }
  }

  #count(columns: LogColumns, run: LogRun): void {
    for (let row = run.from; row < run.from + run.count; row++) {
      const level = columns.levels[row];
      this.#lines[columns.sources[row]] += 1;
      if (level === ERROR) this.#errors += 1;
      else if (level === ERROR - 1) this.#warnings += 1;
      this.volume.add(columns.times[row], level);
      const at = columns.times[row];
      if (!(at <= this.#lastTimes[columns.sources[row]])) {
        this.#lastTimes[columns.sources[row]] = at;
      }
    }
  }

  #block(key: number): LogBlock {
    const number = Math.floor(key / BLOCK_ROWS);
    const known = this.#blocks.get(number);
    if (known) return known;
    const block = new LogBlock();
    this.#blocks.set(number, block);
    return block;
  }

  #letGoOldest(): void {
    this.#goTo(this.#endKey - this.#maxRows);
    while (
      this.#heldBytes > this.#maxBytes &&
      this.#firstKey + BLOCK_ROWS < this.#endKey
    ) {
      const next = Math.floor(this.#firstKey / BLOCK_ROWS) + 1;
      this.#goTo(next * BLOCK_ROWS);
    }
  }

  #goTo(key: number): void {
    if (key <= this.#firstKey) return;
    this.#firstKey = key;
    const first = Math.floor(key / BLOCK_ROWS);
    for (const [number, block] of this.#blocks) {
      if (number >= first) continue;
      this.#heldBytes -= block.usedBytes;
      this.#blocks.delete(number);
    }
    for (const rare of [this.#breaks, this.#notes]) {
      for (const old of rare.keys()) if (old < key) rare.delete(old);
    }
  }
}

/** The place of a key in its block. */
export function slotOf(key: number): number {
  return ((key % BLOCK_ROWS) + BLOCK_ROWS) % BLOCK_ROWS;
}

/** Whether the row in a slot is a line. */
export function isLine(columns: LogColumns, slot: number): boolean {
  return (columns.flags[slot] & LINE_FLAG.break) === 0;
}
