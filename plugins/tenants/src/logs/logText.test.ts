// SPDX-License-Identifier: Apache-2.0
import { comparableTime, detectLevel } from './wireLines';
import { parseLogText, plainText } from './logText';

describe('parseLogText', () => {
  it('keeps text without escapes as it is', () => {
    expect(parseLogText('<b>plain</b>\tx')).toEqual([
      { text: '<b>plain</b>\tx', styles: [] },
    ]);
  });

  it('turns colours into styles and never into markup', () => {
    expect(parseLogText('\u001b[1;31mred <script>\u001b[0m done')).toEqual([
      { text: 'red <script>', styles: ['red', 'bold'] },
      { text: ' done', styles: [] },
    ]);
  });

  it.each([
    [
      'a link',
      '\u001b]8;;http://evil.example\u0007text\u001b]8;;\u0007',
      '␛text␛',
    ],
    ['a title', '\u001b]0;title\u001b\\text', '␛text'],
    ['a cursor move', 'a\u001b[2Kb', 'a␛b'],
  ])('shows a mark for %s', (_name, raw, seen) => {
    expect(plainText(raw)).toBe(seen);
    expect(
      parseLogText(raw)
        .map(segment => segment.text)
        .join(''),
    ).toBe(seen);
  });

  it('makes characters that turn the reading direction visible', () => {
    expect(parseLogText('a\u202eb')).toEqual([
      { text: 'a', styles: [] },
      { text: 'U+202E', styles: [], control: true },
      { text: 'b', styles: [] },
    ]);
  });
});

describe('log lines', () => {
  it('have times that compare whatever zeros Kubernetes leaves out', () => {
    expect(
      comparableTime('2026-11-21T14:31:02.5Z') <
        comparableTime('2026-11-21T14:31:02.51Z'),
    ).toBe(true);
    expect(
      comparableTime('2026-11-21T14:31:02Z') <
        comparableTime('2026-11-21T14:31:02.1Z'),
    ).toBe(true);
  });

  it.each([
    ['E1121 14:31:02.1 main.go:1] x', 'error'],
    ['2026 [warning] low', 'warn'],
    ['level=info msg=x', 'info'],
    ['TRACE x', 'debug'],
    ['terrorist information', undefined],
  ])('of %s are %s', (text, level) => {
    expect(detectLevel(text)).toBe(level);
  });
});
