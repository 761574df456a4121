// SPDX-License-Identifier: Apache-2.0
import { recordOf } from '../../records/testing/recordOf';
import { dueActions } from './dueActions';

const day = 24 * 60 * 60_000;
const settings = { warnBeforeMs: 7 * day, graceMs: 7 * day };

type Spec = ReturnType<typeof recordOf>['spec'];

function due(
  now: string,
  spec: Partial<Spec>,
  state: 'active' | 'retained' = 'active',
) {
  const record = recordOf({ state });
  const changed = { ...record, spec: { ...record.spec, ...spec } };
  return dueActions(changed, settings, new Date(now)).map(
    ({ type, slot }) => `${type} ${slot}`,
  );
}

describe('an environment with an end', () => {
  const expiresAt = '2026-03-10T12:00:00.000Z';

  it.each<[string, Partial<Spec>, readonly string[]]>([
    ['2026-03-01T12:00:00Z', {}, []],
    ['2026-03-04T12:00:00Z', {}, [`warn ${expiresAt}`]],
    ['2026-03-10T00:00:00Z', {}, [`warn ${expiresAt}/1d`]],
    ['2026-03-10T12:00:00Z', {}, [`sleep ${expiresAt}`]],
    ['2026-03-11T12:00:00Z', { asleep: true }, []],
    ['2026-03-17T12:00:00Z', { asleep: true }, [`delete ${expiresAt}`]],
  ])('at %s, %j: %j', (now, spec, expected) => {
    expect(due(now, { expiresAt, ...spec })).toEqual(expected);
  });

  it('that is retained is left alone for good', () => {
    expect(due('2027-01-01T00:00:00Z', { expiresAt }, 'retained')).toEqual([]);
  });

  it('is not woken by its schedule after its end', () => {
    const sleepSchedule = {
      timeZone: 'UTC',
      sleep: '0 20 * * *',
      wake: '0 7 * * *',
    };
    expect(
      due('2026-03-11T07:30:00Z', { expiresAt, sleepSchedule, asleep: true }),
    ).toEqual([]);
  });
});

describe('a sleep schedule', () => {
  const sleepSchedule = {
    timeZone: 'Europe/Berlin',
    sleep: '0 20 * * 1-5',
    wake: '0 7 * * 1-5',
  };

  it.each<[string, boolean, readonly string[]]>([
    // 20:00 in Berlin is 19:00 UTC in winter and 18:00 in summer.
    ['2026-01-07T18:59:00Z', false, []],
    ['2026-01-07T19:00:00Z', false, ['sleep 2026-01-07T19:00:00.000Z']],
    ['2026-07-08T18:05:00Z', false, ['sleep 2026-07-08T18:00:00.000Z']],
    ['2026-07-08T18:05:00Z', true, []],
    ['2026-07-09T05:10:00Z', true, ['wake 2026-07-09T05:00:00.000Z']],
  ])('at %s, asleep %s: %j', (now, asleep, expected) => {
    expect(due(now, { sleepSchedule, asleep })).toEqual(expected);
  });

  it('does not make good for what was missed long ago', () => {
    expect(
      due('2026-07-09T09:00:00Z', { sleepSchedule, asleep: true }),
    ).toEqual([]);
  });

  it.each([
    { ...sleepSchedule, sleep: 'whenever' },
    { ...sleepSchedule, timeZone: 'Moon/Crater' },
    { ...sleepSchedule, sleep: '0 7 * * 1-5' },
  ])('that makes no sense does nothing: %j', schedule => {
    expect(due('2026-07-09T05:10:00Z', { sleepSchedule: schedule })).toEqual(
      [],
    );
  });
});
