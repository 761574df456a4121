// SPDX-License-Identifier: Apache-2.0
import { beginOf, NO_EVIDENCE, withSeen, type Evidence } from './Evidence';

const MINUTE = 60_000;

describe('what is seen of a cause', () => {
  it('is kept in order, each end and each measurement once', () => {
    const seen: Evidence = [
      { endedAt: 10, sample: { at: 12, bytes: 1 } },
      { endedAt: 10, sample: { at: 12, bytes: 1 } },
      { endedAt: 20, sample: undefined },
      { endedAt: 20, sample: { at: 27, bytes: 3 } },
    ].reduce(withSeen, NO_EVIDENCE);
    expect(seen.ends).toEqual([10, 20]);
    expect(seen.samples).toEqual([
      { at: 12, bytes: 1 },
      { at: 27, bytes: 3 },
    ]);
  });

  it('stays the same object when nothing is new', () => {
    const seen = { endedAt: 10, sample: { at: 12, bytes: 1 } };
    const known = withSeen(NO_EVIDENCE, seen);
    expect(withSeen(known, seen)).toBe(known);
    // An older measurement that comes late.
    const late = { endedAt: undefined, sample: { at: 11, bytes: 9 } };
    expect(withSeen(known, late)).toBe(known);
  });

  it('lets the oldest go', () => {
    let known = NO_EVIDENCE;
    for (let at = 1; at <= 1_000; at++) {
      known = withSeen(known, { endedAt: at, sample: { at, bytes: at } });
    }
    expect(known.ends).toHaveLength(60);
    expect(known.samples).toHaveLength(240);
    expect(known.ends.at(-1)).toBe(1_000);
    expect(known.samples.at(-1)?.bytes).toBe(1_000);
  });
});

describe('the line of time', () => {
  const now = 100 * MINUTE;

  it('begins with the first thing there is to see', () => {
    const evidence = { ends: [80 * MINUTE], samples: [] };
    expect(beginOf(evidence, [70 * MINUTE, undefined], now)).toBe(70 * MINUTE);
    expect(beginOf(evidence, [], now)).toBe(80 * MINUTE);
  });

  it('shows an hour at most', () => {
    const evidence = { ends: [10 * MINUTE], samples: [] };
    expect(beginOf(evidence, [0], now)).toBe(40 * MINUTE);
  });

  it('shows five minutes at least', () => {
    const evidence = { ends: [now - 1_000], samples: [] };
    expect(beginOf(evidence, [], now)).toBe(95 * MINUTE);
  });
});
