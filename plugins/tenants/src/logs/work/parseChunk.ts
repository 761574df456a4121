// SPDX-License-Identifier: Apache-2.0
import type { LogLineFacts } from '@tenantry/backstage-plugin-tenants-common';
import { detectLevel } from '../wireLines';
import {
  createColumns,
  LEVELS,
  LINE_FLAG,
  MAX_LINE_BYTES,
  type LineNote,
  type LogColumns,
} from './LogColumns';

/** Lines as the wire carries them. */
export type LogPart = LogLineFacts & {
  /** Pairs: number of a container, how many of its lines follow. */
  readonly runs: readonly number[];
  readonly text: string;
};

const encoder = new TextEncoder();
/** A UTF-16 unit is at most three bytes of UTF-8. */
const BYTES_PER_UNIT = 3;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

const TRACE_HEAD =
  /^(?:Traceback \(most recent call last\)|goroutine \d+ \[|Caused by: |panic: |During handling of the above exception)/;
const BARE_FRAME =
  /^(?:[\w./*-]+(?:\.\([^)]*\))?[\w.]*\([^\s]*\)|created by \S+.*|Stack trace:|exit status \d+)$/;
const EXCEPTION =
  /^(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception|Exit|Warning|Interrupt)(?::|$)/;
const JSON_OBJECT = /^\{.*\}\s*$/s;

function startFlags(text: string): number {
  const code = text.charCodeAt(0);
  if (code === 0x20 || code === 0x09) {
    // One blank is how some loggers begin; a frame is further in.
    const deep = code === 0x09 || text.charCodeAt(1) === 0x20;
    return deep && text.trim() !== '' ? LINE_FLAG.indented : 0;
  }
  if (code === 0x7b) return JSON_OBJECT.test(text) ? LINE_FLAG.json : 0;
  if (TRACE_HEAD.test(text)) return LINE_FLAG.traceHead;
  if (EXCEPTION.test(text)) return LINE_FLAG.exception;
  return BARE_FRAME.test(text) ? LINE_FLAG.bareFrame : 0;
}

/** What a line looks like: bits of {@link LINE_FLAG}. */
export function lineFlags(text: string): number {
  const escapes = text.includes('\u001b') ? LINE_FLAG.escapes : 0;
  return startFlags(text) | escapes;
}

/** What a terminal would show in the end of a line that was written over with carriage returns. */
export function collapseReturns(text: string): string {
  if (!text.includes('\r')) return text;
  const states = text.split('\r').filter(state => state !== '');
  return states.at(-1) ?? '';
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_OFFSET;
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash ^ bytes[i], FNV_PRIME);
  }
  return hash >>> 0;
}

function countLines(text: string): number {
  let count = 1;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
    count += 1;
  }
  return count;
}

/** Cuts back to the start of a character, so that no half of one is held. */
function wholeCharacters(bytes: Uint8Array, start: number, end: number) {
  if (end - start <= MAX_LINE_BYTES) return end;
  let cut = start + MAX_LINE_BYTES;
  while (cut > start && (bytes[cut] & 0xc0) === 0x80) cut -= 1;
  return cut;
}

const LETTERS = '-diwe';
const MS_DIGITS = 3;
const NANO_DIGITS = 9;

/** Nanoseconds beyond the milliseconds of a time as it is written. */
function nanosOf(time: string): number {
  const point = time.indexOf('.');
  if (point < 0) return 0;
  let nanos = 0;
  for (let i = MS_DIGITS; i < NANO_DIGITS; i++) {
    const digit = time.charCodeAt(point + 1 + i) - 0x30;
    // The digits end with the zone; what is not written is zero.
    if (!(digit >= 0 && digit <= 9)) {
      return nanos * 10 ** (NANO_DIGITS - i);
    }
    nanos = nanos * 10 + digit;
  }
  return nanos;
}

type Line = {
  readonly time: string;
  readonly raw: string;
  readonly source: number;
  /** As the portal says; `undefined` when it says nothing of the batch. */
  readonly level: number | undefined;
  readonly flags: number;
};

/** Writes lines into columns one after the other. */
class ColumnWriter {
  readonly columns: LogColumns;
  readonly notes: LineNote[] = [];
  row = 0;
  #used = 0;

  constructor(rows: number, bytes: number) {
    this.columns = createColumns(rows, bytes);
  }

  write(line: Line): void {
    const { columns, row } = this;
    const text = collapseReturns(line.raw);
    const start = this.#used;
    const { written } = encoder.encodeInto(text, columns.bytes.subarray(start));
    const end = wholeCharacters(columns.bytes, start, start + written);
    const cut = end < start + written ? LINE_FLAG.cut : 0;
    columns.starts[row] = start;
    columns.lengths[row] = end - start;
    columns.times[row] = Date.parse(line.time);
    columns.nanos[row] = nanosOf(line.time);
    columns.sources[row] = line.source;
    columns.levels[row] = line.level ?? LEVELS.indexOf(detectLevel(text));
    columns.flags[row] = lineFlags(text) | line.flags | cut;
    columns.hashes[row] = hashOf(columns.bytes, start, end);
    this.#used = end;
    this.row += 1;
  }

  finish(): LogColumns {
    const { columns, notes } = this;
    // What is handed over must not be larger than what is in it.
    return { ...columns, notes, bytes: columns.bytes.slice(0, this.#used) };
  }
}

function noteFacts(writer: ColumnWriter, part: LogPart, firstRow: number) {
  const { flags } = writer.columns;
  for (const { line, bytes } of part.cut ?? []) {
    flags[firstRow + line] |= LINE_FLAG.cut;
    writer.notes.push({ row: firstRow + line, wholeBytes: bytes });
  }
  const rules = new Map<number, string[]>();
  for (const { line, rule } of part.masks ?? []) {
    rules.set(line, [...(rules.get(line) ?? []), rule]);
  }
  for (const [line, all] of rules) {
    flags[firstRow + line] |= LINE_FLAG.masked;
    writer.notes.push({ row: firstRow + line, rules: all });
  }
}

function writePart(writer: ColumnWriter, part: LogPart): void {
  const { runs, text, levels } = part;
  const firstRow = writer.row;
  let run = 0;
  let left = runs[1];
  for (const line of text.split('\n')) {
    while (left === 0 && run + 2 < runs.length) {
      run += 2;
      left = runs[run + 1];
    }
    left -= 1;
    const space = line.indexOf(' ');
    writer.write({
      time: space < 0 ? line : line.slice(0, space),
      raw: space < 0 ? '' : line.slice(space + 1),
      source: runs[run],
      level: levels
        ? Math.max(0, LETTERS.indexOf(levels[writer.row - firstRow]))
        : undefined,
      flags: 0,
    });
  }
  noteFacts(writer, part, firstRow);
}

/** Takes the text of the wire apart: times, levels, what folds with what. Pure. */
export function parseChunk(parts: readonly LogPart[]): LogColumns {
  const rows = parts.reduce((n, part) => n + countLines(part.text), 0);
  const units = parts.reduce((n, part) => n + part.text.length, 0);
  const writer = new ColumnWriter(rows, units * BYTES_PER_UNIT);
  for (const part of parts) writePart(writer, part);
  return writer.finish();
}
