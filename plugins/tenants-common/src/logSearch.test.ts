// SPDX-License-Identifier: Apache-2.0
import { LOG_SEARCH_LIMITS, parseLogSearch, type LogTerm } from './logSearch';

const text = (of: string): LogTerm => ({ kind: 'text', text: of });
const pattern = (source: string, ignoreCase = false): LogTerm => ({
  kind: 'pattern',
  source,
  ignoreCase,
});

describe('parseLogSearch', () => {
  it.each([
    ['', { any: [], all: [], none: [] }],
    ['  error   timeout ', { any: ['error', 'timeout'], all: [], none: [] }],
    ['+a -b c', { any: ['c'], all: ['a'], none: ['b'] }],
    [
      '"two words" -"not this"',
      { any: ['two words'], all: [], none: ['not this'] },
    ],
    ['- + a', { any: ['-', '+', 'a'], all: [], none: [] }],
    ['""', { any: [], all: [], none: [] }],
    ['a-b', { any: ['a-b'], all: [], none: [] }],
    ['/var/log/x', { any: ['/var/log/x'], all: [], none: [] }],
    ['/healthz', { any: ['/healthz'], all: [], none: [] }],
  ])('reads %s', (input, expected) => {
    expect(parseLogSearch(input).search).toEqual({
      any: expected.any.map(text),
      all: expected.all.map(text),
      none: expected.none.map(text),
    });
  });

  it('reads patterns with spaces, escaped slashes and the flag i', () => {
    expect(
      parseLogSearch('/a b/ +/x\\/y/i -/5\\d\\d/ /api/v1/').search,
    ).toEqual({
      any: [pattern('a b'), pattern('api/v1')],
      all: [pattern('x\\/y', true)],
      none: [pattern('5\\d\\d')],
    });
  });

  it.each([
    ['a "open', /begins at character 3 has no closing quotation mark/],
    ['x'.repeat(LOG_SEARCH_LIMITS.characters + 1), /at most 512/],
    ['x '.repeat(LOG_SEARCH_LIMITS.terms + 1), /21 terms; at most 20/],
  ])('says what is wrong with %s', (input, problem) => {
    expect(parseLogSearch(input).problem).toMatch(problem);
  });
});
