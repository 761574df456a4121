// SPDX-License-Identifier: Apache-2.0
import { LOG_LIMITS } from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { cutMarker } from './LinePreparer';
import { LineSplitter } from './LineSplitter';
import { lineTime } from './lineTime';
import type { LogLine } from './LogLine';
import { mergeByTime, type LineBatches } from './mergeByTime';
import { mergeLines } from './MergedLines';
import { timed, toLogLines, toLogLinesCut } from './testing/logLines';

function split(bytes: Buffer, cuts: readonly number[]) {
  const splitter = new LineSplitter();
  const points = [...cuts, bytes.length].sort((a, b) => a - b);
  const lines = points.flatMap((end, i) =>
    splitter.push(bytes.subarray(i === 0 ? 0 : points[i - 1], end)),
  );
  return [...lines, ...splitter.end()];
}

const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }).map(text => Buffer.from(text)),
  fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes)),
  fc.constantFrom('\n', '\r\n', '\r', '10%\r20%\r').map(t => Buffer.from(t)),
  fc
    .tuple(fc.constantFrom('x', '€', '\r'), fc.integer({ min: 1, max: 9_000 }))
    .map(([text, times]) => Buffer.from(text.repeat(times))),
);
const someBytes = fc
  .array(piece, { maxLength: 12 })
  .map(parts => Buffer.concat(parts));

describe('LineSplitter', () => {
  it('gives the same lines wherever the chunks are cut, whatever the bytes', () => {
    fc.assert(
      fc.property(
        someBytes,
        fc.array(fc.nat(30_000), { maxLength: 8 }),
        (bytes, cuts) => {
          const within = cuts.map(cut => cut % (bytes.length + 1));
          expect(split(bytes, within)).toEqual(split(bytes, []));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives each line as it was written, without its newline', () => {
    expect(split(Buffer.from('a\r\n\nü\nb'), [5]).map(l => l.text)).toEqual([
      'a',
      '',
      'ü',
      'b',
    ]);
  });

  it('keeps what a terminal would show of a progress bar that is too long', () => {
    const bar = Array.from({ length: 9_000 }, (_, i) => `step ${i}`).join('\r');
    const [line] = split(Buffer.from(`${timed(0, bar)}\n`), [70]);
    expect(line.text).toBe(timed(0, 'step 8999'));
    expect(line.cutBytes).toBeGreaterThan(LOG_LIMITS.lineBytes);
  });
});

describe('LinePreparer', () => {
  it('cuts a line that is too long, with a marker, its whole size and no half character', () => {
    const long = `${timed(0, '€'.repeat(20_000))}`;
    const [line, next] = toLogLines(`${long}\n${timed(1, 'next')}\n`);
    expect(line.text.endsWith(cutMarker())).toBe(true);
    expect(line.text).not.toContain('\ufffd');
    expect(Buffer.byteLength(line.text)).toBeLessThanOrEqual(
      LOG_LIMITS.lineBytes + Buffer.byteLength(cutMarker()),
    );
    expect(line.cutBytes).toBe(Buffer.byteLength(long));
    expect(next).toMatchObject({ text: timed(1, 'next'), cutBytes: 0 });
  });

  it('counts lines of one instant, and gives a line without a time to the one before it', () => {
    const text = [timed(1, 'a'), timed(1, 'b'), '  at x', timed(2, 'c')];
    expect(
      toLogLines(text.join('\n')).map(({ time, index }) => [
        time.slice(20, 23),
        index,
      ]),
    ).toEqual([
      ['001', 0],
      ['001', 1],
      ['001', 2],
      ['002', 0],
    ]);
  });

  it('masks alike wherever the chunks are cut', () => {
    const secret = fc.constantFrom(
      'password=hunter2hunter2',
      'Authorization: Bearer abcdefghijklmnop',
      'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl',
      '-----BEGIN RSA PRIVATE KEY-----',
      'MIIEowIBAAKCAQEAx',
      '-----END RSA PRIVATE KEY-----',
      'plain words',
      `${'x'.repeat(16_350)} token=abcdefghijklmnopqrstuvwxyz`,
    );
    fc.assert(
      fc.property(
        fc.array(secret, { maxLength: 8 }),
        fc.array(fc.nat(40_000), { maxLength: 8 }),
        (texts, cuts) => {
          const lines = texts.map((text, i) => `${timed(i, text)}\n`);
          const bytes = Buffer.from(lines.join(''));
          const within = cuts.map(cut => cut % (bytes.length + 1));
          expect(toLogLinesCut(bytes, within)).toEqual(toLogLines(bytes));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('lineTime', () => {
  it('sorts as time does, whatever the digits and the offset', () => {
    const times = [
      '2026-01-01T00:00:05.1Z x',
      '2026-01-01T00:00:05.12Z x',
      '2026-01-01T02:00:05.120000001+02:00 x',
      '2026-01-01T00:00:05.123456789Z x',
      '2026-01-01T00:00:06Z x',
    ].map(lineTime);
    expect([...times].sort()).toEqual(times);
    expect(lineTime('no time')).toBeUndefined();
  });
});

async function* batches(lines: LogLine[], size: number): LineBatches {
  for (let i = 0; i < lines.length; i += size) {
    yield lines.slice(i, i + size);
    yield [];
  }
}

describe('merging', () => {
  const source = fc.array(fc.nat(50), { maxLength: 30 });
  const toSources = (times: number[][]) =>
    times.map((of, s) =>
      toLogLines(of.map((t, i) => timed(t * 1_000, `${s}/${i}`)).join('\n')),
    );

  it('keeps the order of each source, loses and doubles nothing, and orders by time what each source orders', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(source, { maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (times, size, isOrdered) => {
          const of = isOrdered
            ? times.map(list => [...list].sort((a, b) => a - b))
            : times;
          const sources = toSources(of.filter(list => list.length > 0));
          const lines: LogLine[] = [];
          const whose: number[] = [];
          const read = sources.map((list, at) => ({
            source: at,
            batches: batches(list, size),
          }));
          for await (const merged of mergeByTime(read)) {
            lines.push(...merged.lines);
            whose.push(...merged.sources);
          }
          sources.forEach((list, at) =>
            expect(lines.filter((_, i) => whose[i] === at)).toEqual(list),
          );
          expect(lines).toHaveLength(sources.flat().length);
          const order = lines.map(line => line.time);
          expect(isOrdered ? [...order].sort() : order).toEqual(order);
          expect(
            mergeLines(
              sources.map((list, at) => ({ source: at, lines: list })),
            ),
          ).toEqual({ lines, sources: whose });
        },
      ),
      { numRuns: 60 },
    );
  });
});
