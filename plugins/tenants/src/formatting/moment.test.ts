// SPDX-License-Identifier: Apache-2.0
import { formatClock, formatDateTime, formatMoment } from './moment';

const NOW = Date.parse('2026-11-21T14:32:07Z');

describe('formatMoment', () => {
  it.each([
    ['2026-11-21T13:50:04Z', 'UTC', '13:50:04 UTC'],
    ['2026-11-18T13:50:04Z', 'UTC', '18 Nov, 13:50 UTC'],
    ['2025-12-31T23:59:59Z', 'UTC', '31 Dec 2025, 23:59 UTC'],
    ['2026-11-20T23:30:00Z', 'Asia/Kolkata', '05:00:00 GMT+5:30'],
    // Summer and winter have their own offsets.
    ['2026-07-01T12:00:00Z', 'America/New_York', '1 Jul, 08:00 GMT-4'],
    ['2026-11-21T13:50:04Z', 'America/New_York', '08:50:04 GMT-5'],
  ])('of %s in %s reads %s', (at, timeZone, text) => {
    expect(formatMoment(Date.parse(at), NOW, { timeZone })).toBe(text);
  });

  it('leaves the seconds out where there is little room', () => {
    const at = Date.parse('2026-11-21T13:50:04Z');
    const style = { timeZone: 'UTC', toMinute: true };
    expect(formatMoment(at, NOW, style)).toBe('13:50 UTC');
  });

  it('names the day as it sorts where it must', () => {
    const at = Date.parse('2026-11-21T22:50:04Z');
    expect(formatDateTime(at, 'UTC')).toBe('2026-11-21 22:50:04 UTC');
    expect(formatDateTime(at, 'Asia/Kolkata')).toBe(
      '2026-11-22 04:20:04 GMT+5:30',
    );
  });

  it('says nothing of what is no time', () => {
    expect(formatMoment(Number.NaN, NOW)).toBe('');
    expect(formatClock(Number.NaN, 'UTC')).toBe('');
    expect(formatDateTime(Number.NaN, 'UTC')).toBe('');
  });
});
