// SPDX-License-Identifier: Apache-2.0
import {
  beginOf,
  NO_EVIDENCE,
  runsOf,
  withSeen,
  type Evidence,
  type Seen,
} from './Evidence';

const MINUTE = 60_000;

describe('what is seen of a cause', () => {
  it('is kept in order, each end and each measurement once', () => {
    const times: Seen[] = [
      { ends: [10], sample: { at: 12, bytes: 1 } },
      { ends: [10], sample: { at: 12, bytes: 1 } },
      { ends: [10, 20], sample: undefined },
      { ends: [5, 10, 20], sample: { at: 27, bytes: 3 } },
      // Of those the portal keeps, the oldest have gone.
      { ends: [20, 30], sample: undefined },
    ];
    const seen = times.reduce<Evidence>(withSeen, NO_EVIDENCE);
    expect(seen.ends).toEqual([5, 10, 20, 30]);
    expect(seen.samples).toEqual([
      { at: 12, bytes: 1 },
      { at: 27, bytes: 3 },
    ]);
  });

  it('stays the same object when nothing is new', () => {
    const seen = { ends: [10], sample: { at: 12, bytes: 1 } };
    const known = withSeen(NO_EVIDENCE, seen);
    expect(withSeen(known, seen)).toBe(known);
    // An older measurement that comes late.
    const late = { ends: [], sample: { at: 11, bytes: 9 } };
    expect(withSeen(known, late)).toBe(known);
  });

  it('lets the oldest go', () => {
    let known = NO_EVIDENCE;
    for (let at = 1; at <= 1_000; at++) {
      known = withSeen(known, { ends: [at], sample: { at, bytes: at } });
    }
    expect(known.ends).toHaveLength(60);
    expect(known.samples).toHaveLength(240);
    expect(known.ends.at(-1)).toBe(1_000);
    expect(known.samples.at(-1)?.bytes).toBe(1_000);
  });
});

describe('the curve of memory', () => {
  it('breaks off at each end: what was in memory is gone', () => {
    const samples = [10, 20, 30, 40, 50].map(at => ({ at, bytes: at }));
    const runs = runsOf({ ends: [5, 25, 26, 50], samples });
    expect(runs.map(run => run.map(({ at }) => at))).toEqual([
      [10, 20],
      [30, 40],
      [50],
    ]);
  });

  it('is nothing where nothing was measured', () => {
    expect(runsOf({ ends: [1], samples: [] })).toEqual([]);
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
