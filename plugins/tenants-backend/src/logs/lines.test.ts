// SPDX-License-Identifier: Apache-2.0
import { LOG_LIMITS } from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { CUT_MARKER, LineSplitter } from './LineSplitter';
import { lineTime } from './lineTime';
import { maskLine } from './maskLine';
import { mergeByTime, type LineBatches } from './mergeByTime';

function split(text: Buffer, cuts: readonly number[]): string[] {
  const splitter = new LineSplitter();
  const points = [...cuts, text.length].sort((a, b) => a - b);
  let start = 0;
  const lines: string[] = [];
  for (const end of points) {
    lines.push(...splitter.push(text.subarray(start, Math.max(start, end))));
    start = Math.max(start, end);
  }
  return [...lines, ...splitter.end()];
}

describe('LineSplitter', () => {
  it('gives the same whole lines wherever the chunks are cut, also inside a character', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const line = text.map(t => t.replace(/[\r\n]/g, ''));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 10 }),
        fc.array(fc.nat(200), { maxLength: 8 }),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map(l => `${l}\n`).join(''));
          const within = cuts.map(cut => cut % (bytes.length + 1));
          expect(split(bytes, within)).toEqual(
            lines.map(l => Buffer.from(l).toString('utf8')),
          );
        },
      ),
    );
  });

  it('cuts a line that is too long, with a marker and no half character', () => {
    const [line, next] = split(
      Buffer.from(`${'€'.repeat(20_000)}\nnext\n`),
      [7, 40_000],
    );
    expect(line.endsWith(CUT_MARKER)).toBe(true);
    expect(line).not.toContain('\ufffd');
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(
      LOG_LIMITS.lineBytes + Buffer.byteLength(CUT_MARKER),
    );
    expect(next).toBe('next');
  });

  it('gives the last line even without a newline', () => {
    expect(split(Buffer.from('a\r\nb'), [])).toEqual(['a', 'b']);
  });
});

describe('lineTime', () => {
  it('sorts as time does, whatever the digits and the offset', () => {
    const times = [
      '2026-01-01T00:00:05.1Z x',
      '2026-01-01T00:00:05.12Z x',
      '2026-01-01T02:00:05.120000001+02:00 x',
      '2026-01-01T00:00:06Z x',
    ].map(lineTime);
    expect([...times].sort()).toEqual(times);
    expect(lineTime('no time')).toBeUndefined();
  });
});

describe('maskLine', () => {
  it.each([
    ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer [masked]'],
    ['password=hunter2 next', 'password=[masked] next'],
    ['{"apiKey": "abc def", "n": 1}', '{"apiKey": [masked], "n": 1}'],
    ['postgres://app:s3cret@db/x', 'postgres://app:[masked]@db/x'],
    ['jwt eyJhbGciOiJI.eyJzdWIiOiIx.c2ln end', 'jwt [masked] end'],
  ])('masks the secret in %s', (line, masked) => {
    expect(maskLine(line)).toEqual({ text: masked, masked: 1 });
  });

  it('leaves other lines as they are', () => {
    const line = '2026-01-01T00:00:00Z GET /token-bucket 200 in 3 ms';
    expect(maskLine(line)).toEqual({ text: line, masked: 0 });
  });
});

async function* batches(lines: string[], size: number): LineBatches {
  for (let i = 0; i < lines.length; i += size) {
    yield lines.slice(i, i + size);
    yield [];
  }
}

describe('mergeByTime', () => {
  it('is ordered and lossless for any sources whose own lines are in order', async () => {
    const source = fc
      .array(fc.nat(50), { maxLength: 30 })
      .map(times => times.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(
        fc.array(source, { maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        async (sources, size) => {
          const texts = sources.map((times, s) =>
            times.map(
              (t, i) =>
                `2026-01-01T00:00:${String(t).padStart(2, '0')}Z ${s}/${i}`,
            ),
          );
          const merged: string[] = [];
          for await (const { source: from, lines } of mergeByTime(
            texts.map(text => batches(text, size)),
          )) {
            for (const line of lines) expect(texts[from]).toContain(line);
            merged.push(...lines);
          }
          expect([...merged].sort()).toEqual(texts.flat().sort());
          const times = merged.map(line => line.slice(0, 20));
          expect([...times].sort()).toEqual(times);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('keeps a line without a time behind the one before it', async () => {
    const a = [
      '2026-01-01T00:00:01Z a',
      '  at stack',
      '2026-01-01T00:00:09Z b',
    ];
    const b = ['2026-01-01T00:00:05Z c'];
    const merged: string[] = [];
    for await (const { lines } of mergeByTime([batches(a, 9), batches(b, 9)])) {
      merged.push(...lines);
    }
    expect(merged).toEqual([a[0], a[1], b[0], a[2]]);
  });
});
