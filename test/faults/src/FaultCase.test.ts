// SPDX-License-Identifier: Apache-2.0
import { judge, type FaultCase, type FaultOutcome } from './FaultCase';

const good: FaultOutcome = {
  injected: 1,
  counts: { relists: { is: 1, atMost: 1 } },
  divergences: [],
};
const fault: FaultCase = {
  id: 'A0',
  title: 'a fault',
  how: 'by hand',
  expected: 'nothing happens',
  seed: 7,
  run: async () => good,
};

describe('judge', () => {
  it('says survived when the fault happened, counts hold and nothing diverged', () => {
    expect(judge(fault, good)).toEqual({
      id: 'A0',
      title: 'a fault',
      how: 'by hand',
      expected: 'nothing happens',
      injected: 1,
      survived: true,
      counts: { relists: 1, divergences: 0 },
      bounds: { relists: '≤ 1', divergences: '0' },
      seed: 7,
    });
  });

  it.each([
    ['the fault never happened', { ...good, injected: 0 }],
    [
      'a count is above its bound',
      { ...good, counts: { relists: { is: 2, atMost: 1 } } },
    ],
    [
      'a count is below its bound',
      { ...good, counts: { relists: { is: 0, atMost: 1, atLeast: 1 } } },
    ],
    [
      'a count is no number',
      { ...good, counts: { relists: { is: NaN, atMost: 1 } } },
    ],
    [
      'something diverged',
      { ...good, divergences: ['pods a/b: only in the cache'] },
    ],
  ])('says not survived when %s', (_why, outcome) => {
    expect(judge(fault, outcome).survived).toBe(false);
  });

  it.each([
    [{ is: 0, atMost: 0 }, '0'],
    [{ is: 0, atMost: 3 }, '≤ 3'],
    [{ is: 0, atMost: 3, atLeast: 3 }, '3'],
    [{ is: 0, atMost: 3, atLeast: 1 }, '1 to 3'],
    [{ is: 0, atMost: Infinity, atLeast: 2 }, '≥ 2'],
  ])('says the bound of %p as %s', (count, words) => {
    const { bounds } = judge(fault, { ...good, counts: { it: count } });
    expect(bounds.it).toBe(words);
  });
});
