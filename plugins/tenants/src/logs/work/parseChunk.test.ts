// SPDX-License-Identifier: Apache-2.0
import { LINE_FLAG } from './LogColumns';
import { collapseReturns, lineFlags, parseChunk } from './parseChunk';

const at = '2026-11-21T14:00:00.5Z';

describe('parseChunk', () => {
  it('gives lines to their containers by runs', () => {
    const text = ['a', 'b', 'c'].map(line => `${at} ${line}`).join('\n');
    const { count, sources } = parseChunk([{ runs: [4, 1, 2, 2], text }]);
    expect([count, ...sources]).toEqual([3, 4, 2, 2]);
  });

  it('believes the portal about levels, and looks itself when it says nothing', () => {
    const text = `${at} ERROR a`;
    const read = (levels?: string) =>
      parseChunk([{ runs: [0, 1], text, levels }]).levels[0];
    expect([read('-'), read('w'), read()]).toEqual([0, 3, 4]);
  });

  it('keeps what is masked and cut', () => {
    const { flags, notes } = parseChunk([
      {
        runs: [0, 2],
        text: `${at} a [masked]\n${at} b`,
        masks: [{ line: 0, at: 0, rule: 'jwt' }],
        cut: [{ line: 1, bytes: 70_000 }],
      },
    ]);
    expect(flags[0] & LINE_FLAG.masked).toBeTruthy();
    expect(flags[1] & LINE_FLAG.cut).toBeTruthy();
    expect(notes).toEqual([
      { row: 1, wholeBytes: 70_000 },
      { row: 0, rules: ['jwt'] },
    ]);
  });

  it('keeps times to the nanosecond, whatever zeros were left out', () => {
    const { times, nanos } = parseChunk([
      {
        runs: [0, 3],
        text: '2026-11-21T14:00:00.123456789Z a\n2026-11-21T14:00:00.1234Z b\n2026-11-21T14:00:00Z c',
      },
    ]);
    expect([...nanos]).toEqual([456_789, 400_000, 0]);
    expect(times[0] % 1_000).toBe(123);
  });

  it.each([
    ['10 %\r50 %\r100 %', '100 %'],
    ['done\r', 'done'],
    ['plain', 'plain'],
  ])('shows of %j what a terminal would', (raw, seen) => {
    expect(collapseReturns(raw)).toBe(seen);
  });

  it.each([
    ['\tat com.shop.Cart.add(Cart.java:1)', LINE_FLAG.indented],
    [' one blank', 0],
    ['Traceback (most recent call last):', LINE_FLAG.traceHead],
    ['{"a":1}', LINE_FLAG.json],
    ['{not json', 0],
    ['shop.errors.CartError: empty', LINE_FLAG.exception],
    ['main.handle(0xc000)', LINE_FLAG.bareFrame],
  ])('knows what %j is', (text, flags) => {
    expect(lineFlags(text)).toBe(flags);
  });
});
