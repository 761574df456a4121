// SPDX-License-Identifier: Apache-2.0
import type { Translate } from '../useText';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often a duration of this length is written anew, in milliseconds. */
export function tickOf(ms: number): number {
  if (ms < MINUTE) return SECOND;
  return ms < 10 * MINUTE ? 10 * SECOND : MINUTE;
}

/** A duration in full: `48 s`, `3 min 5 s`, `5 h 12 min`, `12 d`. */
export function formatDuration(t: Translate, ms: number): string {
  const positive = Math.max(0, ms);
  if (positive < MINUTE) {
    return t('time.seconds', { n: String(Math.floor(positive / SECOND)) });
  }
  if (positive < HOUR) {
    const m = Math.floor(positive / MINUTE);
    const s = Math.floor((positive % MINUTE) / SECOND);
    return s === 0
      ? t('time.minutes', { n: String(m) })
      : t('time.minutesSeconds', { m: String(m), s: String(s) });
  }
  if (positive < DAY) {
    const h = Math.floor(positive / HOUR);
    const m = Math.floor((positive % HOUR) / MINUTE);
    return m === 0
      ? t('time.hours', { n: String(h) })
      : t('time.hoursMinutes', { h: String(h), m: String(m) });
  }
  return t('time.days', { n: String(Math.floor(positive / DAY)) });
}

/** A duration in its largest unit: `42 min`, `5 h`. */
export function formatShortDuration(t: Translate, ms: number): string {
  const positive = Math.max(0, ms);
  if (positive < MINUTE) {
    return t('time.seconds', { n: String(Math.floor(positive / SECOND)) });
  }
  if (positive < HOUR) {
    return t('time.minutes', { n: String(Math.floor(positive / MINUTE)) });
  }
  if (positive < DAY) {
    return t('time.hours', { n: String(Math.floor(positive / HOUR)) });
  }
  return t('time.days', { n: String(Math.floor(positive / DAY)) });
}

/** How long ago a moment was: relative up to seven days, then the date. */
export function formatAgo(t: Translate, at: number, now: number): string {
  const ms = now - at;
  if (ms < SECOND) return t('time.now');
  if (ms >= 7 * DAY) return formatDate(at, 'UTC');
  if (ms >= DAY && ms < 2 * DAY) return t('time.yesterday');
  return t('time.ago', { duration: formatShortDuration(t, ms) });
}

/** A date: `12 Nov 2026`; in the reader's own zone where none is named. */
export function formatDate(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  }).format(at);
}
