// SPDX-License-Identifier: Apache-2.0

const TIMESTAMP =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)(?: |$)/;
/** `2026-01-01T00:00:00.123456789Z`: what most kubelets write, and what sorts as text. */
const FULL_LENGTH = 30;
const DOT_AT = 19;
const [DOT, Z, SPACE, DASH, T] = Array.from('.Z -T', c => c.charCodeAt(0));

/**
 * The time a line begins with, as text that sorts as time does; `undefined` when it begins with none.
 * Kubelets leave out trailing zeros and may write their own offset, so the timestamps themselves do not sort.
 */
export function lineTime(line: string): string | undefined {
  if (isFull(line)) return line.slice(0, FULL_LENGTH);
  const match = TIMESTAMP.exec(line);
  if (!match) return undefined;
  const [, seconds, fraction = '', offset] = match;
  const time = Date.parse(`${seconds}${offset}`);
  if (Number.isNaN(time)) return undefined;
  const instant = new Date(time).toISOString().slice(0, 19);
  return `${instant}.${fraction.padEnd(9, '0')}Z`;
}

/** Looked at before the pattern, which costs more than all the rest of a line. */
function isFull(line: string): boolean {
  return (
    line.charCodeAt(FULL_LENGTH - 1) === Z &&
    line.charCodeAt(DOT_AT) === DOT &&
    line.charCodeAt(10) === T &&
    line.charCodeAt(4) === DASH &&
    line.charCodeAt(FULL_LENGTH) === SPACE
  );
}

/** A time of a query or cursor, in the form of {@link lineTime}. @throws RangeError when it is none */
export function comparableTime(time: string): string {
  const comparable = lineTime(time);
  if (comparable === undefined) throw new RangeError('This is not a time.');
  return comparable;
}

/** The whole second of a time in the form of {@link lineTime}, which is all a kubelet understands. */
export function wholeSecond(time: string): string {
  return `${time.slice(0, DOT_AT)}Z`;
}

const ZERO = '0'.charCodeAt(0);
const MICROSECONDS_A_SECOND = 1_000_000;
let knownDay = -1;
let knownDayStart = 0;

/** Microseconds since the epoch of a time in the form of {@link lineTime}: a number compares faster than text. */
export function microsecondsOf(time: string): number {
  const day =
    digits(time, 0, 4) * 10_000 +
    digits(time, 5, 7) * 100 +
    digits(time, 8, 10);
  if (day !== knownDay) {
    knownDay = day;
    knownDayStart = Date.parse(time.slice(0, 10)) / 1_000;
  }
  const seconds =
    knownDayStart +
    digits(time, 11, 13) * 3_600 +
    digits(time, 14, 16) * 60 +
    digits(time, 17, 19);
  return seconds * MICROSECONDS_A_SECOND + digits(time, 20, 26);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    value = value * 10 + text.charCodeAt(at) - ZERO;
  }
  return value;
}
