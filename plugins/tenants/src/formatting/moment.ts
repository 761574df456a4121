// SPDX-License-Identifier: Apache-2.0

type Shape = Intl.DateTimeFormatOptions;

const CLOCK: Shape = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
};
const DAY: Shape = { year: 'numeric', month: 'short', day: 'numeric' };
const SORTED_DAY: Shape = { dateStyle: 'short' };

// Formatters are costly to make, and a page has many times.
const made = new Map<string, Intl.DateTimeFormat>();

function formatterOf(
  shape: Shape,
  timeZone: string | undefined,
  language = 'en-GB',
) {
  const key = JSON.stringify([shape, timeZone]);
  const known =
    made.get(key) ?? new Intl.DateTimeFormat(language, { ...shape, timeZone });
  made.set(key, known);
  return known;
}

/** How a moment is written. */
export type MomentStyle = {
  /** Name of a zone; absent: the reader's own. */
  readonly timeZone?: string;
  /** Leaves the seconds out, where there is little room. */
  readonly toMinute?: boolean;
};

/** The time of day with its zone: `14:32:07 UTC`. Empty of what is no time. */
export function formatClock(
  at: number,
  timeZone: string | undefined,
  toMinute = false,
): string {
  if (Number.isNaN(at)) return '';
  const text = formatterOf(CLOCK, timeZone).format(at);
  return toMinute ? text.replace(/^(\d\d:\d\d):\d\d/, '$1') : text;
}

/** Date and time of day with its zone: `2026-11-21 14:32:07 UTC`. Empty of what is no time. */
export function formatDateTime(
  at: number,
  timeZone: string | undefined,
): string {
  if (Number.isNaN(at)) return '';
  // Swedes write a day as it sorts.
  const date = formatterOf(SORTED_DAY, timeZone, 'sv-SE').format(at);
  return `${date} ${formatClock(at, timeZone)}`;
}

/** A moment with its zone, no longer than it must be: `14:32:07 UTC` today, else `18 Nov, 14:32 UTC`, else `18 Nov 2025, 14:32 UTC`. */
export function formatMoment(
  at: number,
  now: number,
  style: MomentStyle = {},
): string {
  if (Number.isNaN(at)) return '';
  const { timeZone, toMinute } = style;
  const days = formatterOf(DAY, timeZone);
  const day = days.format(at);
  const today = days.format(now);
  if (day === today) return formatClock(at, timeZone, toMinute);
  const year = / \d+$/.exec(today)?.[0] ?? '';
  const date = day.endsWith(year) ? day.slice(0, -year.length) : day;
  return `${date}, ${formatClock(at, timeZone, true)}`;
}
