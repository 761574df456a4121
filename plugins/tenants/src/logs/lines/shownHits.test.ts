// SPDX-License-Identifier: Apache-2.0
import { LogMatcher } from '../search/LogMatcher';
import { shownHits } from './shownHits';

const find = (term: string) => async (texts: readonly string[]) => {
  const matcher = new LogMatcher({
    any: [{ kind: 'text', text: term }],
    all: [],
    none: [],
  });
  return texts.map(text => matcher.ranges(text));
};
const raw = '{"level":"warn","msg":"disk is full","disk":"/dev/sda1"}';
const shown = 'disk is full disk=/dev/sda1';

describe('shownHits', () => {
  it('marks what is shown', async () => {
    expect(await shownHits([{ shown, raw }], find('full'))).toEqual([
      [[8, 12]],
    ]);
  });

  it('marks the whole row when what matches is not shown', async () => {
    expect(await shownHits([{ shown, raw }], find('"level":"warn"'))).toEqual([
      [[0, shown.length]],
    ]);
  });

  it('marks nothing where nothing matches, and needs no other text of a plain line', async () => {
    const rows = [{ shown, raw }, { shown: 'INFO started' }];
    expect(await shownHits(rows, find('started'))).toEqual([[], [[5, 12]]]);
    expect(await shownHits(rows, find('nowhere'))).toEqual([[], []]);
  });
});
