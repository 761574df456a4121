// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { eventObject, uidOf } from '../informers/testing';
import { deriveEvents, MAX_TENANT_EVENTS } from './deriveEvents';

const at = (minute: number) =>
  new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const event = (
  name: string,
  first: number,
  last: number,
  more: Parameters<typeof eventObject>[0] = {},
) => eventObject({ name, firstSeen: at(first), lastSeen: at(last), ...more });
const derive = (events: readonly ReturnType<typeof eventObject>[]) =>
  deriveEvents([{ environment: 'prod', cluster: 'eu', events }]);

describe('deriveEvents', () => {
  it('folds equal events of one object into one, with count, first and last', () => {
    expect(
      derive([event('a', 5, 9, { count: 3 }), event('b', 1, 7, { count: 2 })]),
    ).toEqual([
      {
        environment: 'prod',
        cluster: 'eu',
        namespace: 'shop',
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off restarting failed container',
        object: { kind: 'Pod', name: 'pod' },
        count: 5,
        firstSeen: at(1),
        lastSeen: at(9),
      },
    ]);
  });

  it('keeps apart what differs in object, reason or message', () => {
    const regarding = {
      kind: 'Pod',
      name: 'other',
      namespace: 'shop',
      uid: uidOf('Pod', 'other'),
    };
    expect(
      derive([
        event('a', 1, 1),
        event('b', 1, 1, { regarding }),
        event('c', 1, 1, { reason: 'Failed' }),
        event('d', 1, 1, { message: 'else' }),
      ]),
    ).toHaveLength(4);
  });

  it('keeps the newest, newest first, up to its limit', () => {
    const events = Array.from({ length: 80 }, (_, i) =>
      event(`e${i}`, i, i, { message: `m${i}` }),
    );
    const derived = derive(events);
    expect(derived).toHaveLength(MAX_TENANT_EVENTS);
    expect(derived[0]?.message).toBe('m79');
    expect(derived.at(-1)?.message).toBe('m30');
  });

  it('bounds what the writer of an event can put into a page', () => {
    const [first] = derive([
      event('a', 1, 1, { message: 'x'.repeat(1_000_000) }),
    ]);
    expect(first?.message).toHaveLength(1_024);
  });

  it('counts at least one and takes the creation for a time that is not told', () => {
    expect(
      derive([
        eventObject({
          count: 0,
          firstSeen: '',
          lastSeen: '',
          createdAt: at(3),
        }),
      ]),
    ).toMatchObject([{ count: 1, firstSeen: at(3), lastSeen: at(3) }]);
  });

  it('does not depend on the order of the events, and loses no count', () => {
    const minute = fc.integer({ min: 0, max: 500 });
    const anyEvent = fc.tuple(
      minute,
      minute,
      fc.constantFrom('x', 'y'),
      fc.integer({ min: 1, max: 9 }),
    );
    const lists = fc
      .array(anyEvent, { maxLength: 20 })
      .map(list =>
        list.map(([a, b, message, count], i) =>
          event(`e${i}`, Math.min(a, b), Math.max(a, b), { message, count }),
        ),
      );
    fc.assert(
      fc.property(
        lists.chain(list =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, { minLength: list.length }),
          ),
        ),
        ([list, shuffled]) => {
          expect(derive(shuffled)).toEqual(derive(list));
          const total = (entries: readonly { count: number }[]) =>
            entries.reduce((sum, { count }) => sum + count, 0);
          expect(total(derive(list))).toBe(total(list));
        },
      ),
    );
  });
});
