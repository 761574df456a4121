// SPDX-License-Identifier: Apache-2.0

/** What a line looks like, one bit each. */
export const LINE_FLAG = {
  /** Starts with white space: goes on with the line before it. */
  indented: 1,
  /** Says that frames of a stack follow. */
  traceHead: 2,
  /** One JSON object. */
  json: 4,
  /** Names a frame without being indented, as Go does. */
  bareFrame: 8,
  /** Names an exception, as the last line of a Python traceback. */
  exception: 16,
  /** Holds escape sequences. */
  escapes: 32,
  /** Not a line but a break in the stream. */
  break: 64,
  /** Was cut before it came here. */
  cut: 128,
  /** Holds values that were masked. */
  masked: 256,
} as const;

/** Levels as they are held, one byte each. 0 stands for a line that names none. */
export const LEVELS = [undefined, 'debug', 'info', 'warn', 'error'] as const;

/** Longest text of one line that is held, in bytes. */
export const MAX_LINE_BYTES = 0xffff;

/** What is known of one line beyond what its columns hold. */
export type LineNote = {
  readonly row: number;
  /** Rules by which values in it were masked, in order. */
  readonly rules?: readonly string[];
  /** Its whole size, when it was cut. */
  readonly wholeBytes?: number;
};

/** Parsed lines as columns: bytes and offsets, no object per line. */
export type LogColumns = {
  readonly count: number;
  readonly bytes: Uint8Array;
  /** Where a line starts in `bytes`. */
  readonly starts: Uint32Array;
  readonly lengths: Uint16Array;
  /** Milliseconds since the epoch. */
  readonly times: Float64Array;
  readonly sources: Uint16Array;
  /** Index into {@link LEVELS}. */
  readonly levels: Uint8Array;
  readonly flags: Uint16Array;
  /** Nanoseconds beyond the milliseconds of `times`. */
  readonly nanos: Uint32Array;
  /** Equal texts have equal hashes. */
  readonly hashes: Uint32Array;
  /** What few rows have: in order. */
  readonly notes: readonly LineNote[];
};

/** Room for lines. */
export function createColumns(rows: number, bytes: number): LogColumns {
  return {
    count: rows,
    bytes: new Uint8Array(bytes),
    starts: new Uint32Array(rows),
    lengths: new Uint16Array(rows),
    times: new Float64Array(rows),
    sources: new Uint16Array(rows),
    levels: new Uint8Array(rows),
    flags: new Uint16Array(rows),
    nanos: new Uint32Array(rows),
    hashes: new Uint32Array(rows),
    notes: [],
  };
}

/** The memory of columns, to hand it over between threads without a copy. */
export function columnBuffers(columns: LogColumns): ArrayBuffer[] {
  return Object.values(columns)
    .filter(column => ArrayBuffer.isView(column))
    .map(column => column.buffer)
    .filter(buffer => buffer instanceof ArrayBuffer);
}
