// SPDX-License-Identifier: Apache-2.0
import { logSourceFixture } from '../testing/logFixture';
import { LogBuffer } from './LogBuffer';
import { parseChunk } from './work/parseChunk';

const START = Date.parse('2026-11-21T14:00:00.000Z');

function filled(texts: readonly string[], bounds = {}) {
  const buffer = new LogBuffer(bounds);
  buffer.sourceId(logSourceFixture(0));
  if (texts.length > 0) append(buffer, texts);
  return buffer;
}

function columns(texts: readonly string[], from = START) {
  const lines = texts.map(
    (text, i) => `${new Date(from + i * 1_000).toISOString()} ${text}`,
  );
  return parseChunk([{ runs: [0, Infinity], text: lines.join('\n') }]);
}

function append(buffer: LogBuffer, texts: readonly string[]) {
  buffer.append(columns(texts));
}

function textsOf(buffer: LogBuffer) {
  const { firstKey, endKey } = buffer;
  return Array.from({ length: endKey - firstKey }, (_unused, i) => {
    const row = buffer.get(firstKey + i);
    return row?.kind === 'line' ? row.text : row?.kind;
  });
}

describe('LogBuffer', () => {
  it('gives each row a key that stays its own', () => {
    const buffer = filled(['a', 'b', 'c', 'd', 'e'], { rows: 3 });
    expect([buffer.firstKey, buffer.endKey]).toEqual([2, 5]);
    expect(textsOf(buffer)).toEqual(['c', 'd', 'e']);
    expect(buffer.letGo).toBe(2);
  });

  it('keeps keys when lines come before the first', () => {
    const buffer = filled(['c', 'd']);
    buffer.prepend(columns(['a', 'b'], START - 10_000));
    expect(buffer.firstKey).toBe(-2);
    expect(buffer.get(0)).toMatchObject({ text: 'c' });
    expect(textsOf(buffer)).toEqual(['a', 'b', 'c', 'd']);
    expect(buffer.letGo).toBe(0);
  });

  it('takes of older lines only what there is room for, the newest of them', () => {
    const buffer = filled(['c', 'd'], { rows: 3 });
    buffer.prepend(columns(['a', 'b'], START - 10_000));
    expect(textsOf(buffer)).toEqual(['b', 'c', 'd']);
  });

  it('answers nothing for rows that were let go or have not come', () => {
    const buffer = filled(['a', 'b', 'c'], { rows: 2 });
    expect(buffer.get(0)).toBeUndefined();
    expect(buffer.get(3)).toBeUndefined();
  });

  it('never holds more rows than its bound, over many blocks', () => {
    const buffer = filled([], { rows: 10_000 });
    for (let i = 0; i < 30; i++) {
      append(
        buffer,
        Array.from({ length: 1_000 }, (_unused, n) => `line ${i * 1_000 + n}`),
      );
    }
    expect(buffer.endKey - buffer.firstKey).toBe(10_000);
    expect(buffer.get(29_999)).toMatchObject({ text: 'line 29999' });
    expect(buffer.get(buffer.firstKey)).toMatchObject({
      text: `line ${buffer.firstKey}`,
    });
  });

  it('lets whole blocks go when their text takes too much room', () => {
    const buffer = filled([], { bytes: 100_000 });
    for (let i = 0; i < 10; i++) {
      append(
        buffer,
        Array.from({ length: 4_096 }, () => 'x'.repeat(10)),
      );
    }
    const held = buffer.endKey - buffer.firstKey;
    expect(held * 10).toBeLessThanOrEqual(100_000);
    expect(held).toBeGreaterThan(4_096);
  });

  it('keeps breaks between lines and counts errors', () => {
    const buffer = filled(['ERROR broken', 'INFO fine']);
    buffer.appendBreak({ kind: 'reconnected' });
    append(buffer, ['ERROR again']);
    expect(textsOf(buffer)).toEqual([
      'ERROR broken',
      'INFO fine',
      'reconnected',
      'ERROR again',
    ]);
    expect(buffer.errors).toBe(2);
    expect(buffer.findLevel('error', 3, -1)).toBe(0);
    expect(buffer.findLevel('error', 0, 1)).toBe(3);
  });

  it('finds the first line that is not before a time', () => {
    const buffer = filled(['a', 'b', 'c']);
    expect(buffer.findTime(START + 500)).toBe(1);
    expect(buffer.findTime(START + 2_000)).toBe(2);
    expect(buffer.findTime(START + 9_000)).toBe(3);
  });

  it('counts lines over time', () => {
    const buffer = filled(['INFO a', 'WARN b', 'ERROR c']);
    expect(buffer.volume.buckets(60)).toMatchObject([
      { at: START, lines: 1, warnings: 0, errors: 0 },
      { lines: 1, warnings: 1, errors: 0 },
      { lines: 1, warnings: 0, errors: 1 },
    ]);
    expect(buffer.volume.buckets(2)).toMatchObject([
      { at: START, lines: 2 },
      { lines: 1 },
    ]);
  });

  it('holds text in any script', () => {
    const buffer = filled(['größe 🚀', 'end']);
    expect(textsOf(buffer)).toEqual(['größe 🚀', 'end']);
  });
});
