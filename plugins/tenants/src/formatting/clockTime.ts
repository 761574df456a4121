// SPDX-License-Identifier: Apache-2.0

type Zone = 'utc' | 'local';

const parts: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
};
// Formatters are costly to make and are used once per log line.
const clocks = {
  utc: new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }),
  local: new Intl.DateTimeFormat('en-GB', parts),
};

/** The time of day, `14:32:07`. The caller writes the zone beside it. */
export function clockTime(at: number, zone: Zone = 'utc'): string {
  return Number.isNaN(at) ? '' : clocks[zone].format(at);
}

/** The time of day with milliseconds, for log lines. */
export function preciseClockTime(at: number, zone: Zone): string {
  if (Number.isNaN(at)) return '';
  return `${clocks[zone].format(at)}.${String(at % 1000).padStart(3, '0')}`;
}

/** Date and time, `2026-11-21 13:50:04`, in UTC. */
export function dateTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
