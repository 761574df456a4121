// SPDX-License-Identifier: Apache-2.0
import { admitEvents, EVENT_LIMITS, type NewEvent } from './admitEvents';

const log = (message: string): NewEvent => ({
  type: 'log',
  level: 'info',
  message,
});
const state = (message: string): NewEvent => ({
  ...log(message),
  type: 'state',
});
const empty = { lastEvent: 0, eventBytes: 0, dropped: false };
const types = (admitted: ReturnType<typeof admitEvents>) =>
  admitted.rows.map(({ seq, type }) => `${seq} ${type}`);

describe('the log of an operation', () => {
  it('goes on with the next number, and counts bytes, not characters', () => {
    const before = { ...empty, lastEvent: 7, eventBytes: 10 };
    const admitted = admitEvents(before, [log('a'), log('ä')]);
    expect(types(admitted)).toEqual(['8 log', '9 log']);
    expect(admitted).toMatchObject({ lastEvent: 9, eventBytes: 13 });
  });

  it('says once that it is full, and keeps states all the same', () => {
    const before = { ...empty, lastEvent: EVENT_LIMITS.events - 2 };
    const { events } = EVENT_LIMITS;
    const admitted = admitEvents(before, [
      log('the last'),
      log('too much'),
      log('and more'),
      state('Done.'),
    ]);
    expect(types(admitted)).toEqual([
      `${events - 1} log`,
      `${events} dropped`,
      `${events + 1} state`,
    ]);
    const later = admitEvents(admitted, [log('later'), state('Ended.')]);
    expect(types(later)).toEqual([`${events + 2} state`]);
  });

  it('is full by its bytes too', () => {
    const before = { ...empty, eventBytes: EVENT_LIMITS.bytes - 2 };
    expect(types(admitEvents(before, [log('ab'), log('c')]))).toEqual([
      '1 log',
      '2 dropped',
    ]);
  });

  it('has no line longer than a reader can bear, and no NUL', () => {
    const [row] = admitEvents(empty, [
      log(`a\u0000${'b'.repeat(10_000)}`),
    ]).rows;
    expect(row.message).toHaveLength(EVENT_LIMITS.messageChars);
    expect(row.message.startsWith('ab')).toBe(true);
  });
});
