// SPDX-License-Identifier: Apache-2.0
import { logSourceFixture } from '../testing/logFixture';
import { LogBuffer } from './LogBuffer';
import { toLogLine } from './wireLines';
import {
  LogMatches,
  matchesLine,
  parseLogSearch,
  splitHits,
} from './LogSearch';

function search(text: string) {
  const parsed = parseLogSearch(text);
  if (!parsed) throw new Error(`nothing to look for in ${text}`);
  return parsed;
}

describe('parseLogSearch', () => {
  it('reads terms, exclusions and phrases', () => {
    expect(search('Killed -healthz "two words" -"not this"')).toEqual({
      include: ['killed', 'two words'],
      exclude: ['healthz', 'not this'],
    });
  });

  it('looks for nothing without a term', () => {
    expect(parseLogSearch('  ')).toBeUndefined();
    expect(parseLogSearch('-only')).toBeUndefined();
  });
});

describe('matches', () => {
  it('need a term and none that excludes, whatever the case and the colours', () => {
    expect(matchesLine(search('killed'), 'OOM\u001b[31mKilled\u001b[0m')).toBe(
      true,
    );
    expect(matchesLine(search('killed -probe'), 'Probe killed')).toBe(false);
  });

  it('are cut out literally', () => {
    expect(splitHits(search('a.b'), 'a.b axb A.B')).toEqual([
      { text: 'a.b', hit: true },
      { text: ' axb ', hit: false },
      { text: 'A.B', hit: true },
    ]);
  });

  it('follow the buffer as rows come and go', () => {
    const buffer = new LogBuffer(3);
    const add = (text: string) =>
      buffer.append(
        toLogLine({ time: '2026-11-21T14:31:02Z', text }, logSourceFixture(0)),
      );
    const matches = new LogMatches(search('x'));
    ['x1', 'y', 'x2'].forEach(add);
    expect(matches.update(buffer)).toEqual([0, 2]);
    expect(matches.update(buffer)).toBe(matches.update(buffer));
    add('x3');
    expect(matches.update(buffer)).toEqual([2, 3]);
  });
});
