// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { FakeClock } from '../time/testing/FakeClock';
import type { LogLine } from './LogLine';
import { FIRST_WINDOW_MS, MergeWindow, MERGE_WINDOW_MS } from './MergeWindow';
import { timed, toLogLines } from './testing/logLines';

/** A source’s lines, in batches. */
function batchesOf(source: number, sizes: readonly (readonly number[])[]) {
  return sizes.map(times =>
    toLogLines(times.map(ms => `${timed(ms, `from ${source}`)}\n`).join('')),
  );
}

const untilIdle = async () => {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
};

/** Pushes what each source has, batch after batch, and answers what was written. */
async function merge(
  sources: readonly (readonly (readonly LogLine[])[])[],
  inOrder: boolean,
  // A day after the lines were written.
  now = '2026-01-02T00:00:00Z',
): Promise<LogLine[]> {
  const clock = new FakeClock(now);
  const written: LogLine[] = [];
  const window = new MergeWindow(
    async ({ lines }) => {
      written.push(...lines);
    },
    { clock, inOrder },
  );
  sources.forEach((_, source) => window.open(source));
  let left = sources.length;
  const runs = sources.map(async (batches, source) => {
    for (const batch of batches) await window.push(source, batch);
    left -= 1;
  });
  await untilIdle();
  clock.advance(FIRST_WINDOW_MS);
  while (left > 0) {
    await untilIdle();
    clock.advance(MERGE_WINDOW_MS);
  }
  await Promise.all(runs);
  return written;
}

const timesOf = (lines: readonly LogLine[]) => lines.map(({ at }) => at);

describe('MergeWindow', () => {
  // One writes a line a second, the other one in ten, and a third nothing.
  const dense = batchesOf(0, [
    [1_000, 2_000, 3_000],
    [4_000, 5_000, 6_000],
    [7_000, 8_000, 9_000],
  ]);
  const sparse = batchesOf(1, [
    [500, 5_500, 25_000],
    [35_000, 45_000],
  ]);

  it('puts what was written before in order, however unlike the sources are', async () => {
    const written = await merge([dense, sparse, []], true);
    expect(written).toHaveLength(14);
    expect(timesOf(written)).toEqual(timesOf(written).sort((a, b) => a - b));
  });

  it('puts in order what was written just before we came, though one source gives it in several batches', async () => {
    const many = batchesOf(0, [
      [100, 400],
      [500, 900],
      [1_000, 1_400, 1_500],
    ]);
    const few = batchesOf(1, [[200, 1_300]]);
    const written = await merge([few, many], true, '2026-01-01T00:00:01.600Z');
    expect(written).toHaveLength(9);
    expect(timesOf(written)).toEqual(timesOf(written).sort((a, b) => a - b));
  });

  it('waits for nobody who is up to date', async () => {
    const clock = new FakeClock('2026-01-01T00:00:10Z');
    const written: string[] = [];
    const window = new MergeWindow(
      async ({ lines }) => {
        written.push(...lines.map(({ text }) => text));
      },
      { clock, inOrder: true },
    );
    window.open(0);
    window.open(1);
    void window.push(0, batchesOf(0, [[9_990]])[0]);
    void window.push(1, batchesOf(1, [[1_000]])[0]);
    await untilIdle();
    // The second has more, of just after; the first has none, and need not.
    void window.push(1, batchesOf(1, [[1_100]])[0]);
    await untilIdle();
    expect(written).toHaveLength(2);
    clock.advance(MERGE_WINDOW_MS);
    await untilIdle();
    expect(written).toHaveLength(3);
  });

  it('puts in order what comes together when more is not wanted', async () => {
    const written = await merge([dense, sparse, []], false);
    expect(written).toHaveLength(14);
    expect(timesOf(written)).not.toEqual(
      timesOf(written).sort((a, b) => a - b),
    );
  });

  it('loses and doubles nothing and keeps the order of each source, even where its times fall', async () => {
    const source = fc.array(fc.array(fc.nat(60_000), { minLength: 1 }), {
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(source, { minLength: 1, maxLength: 5 }),
        async times => {
          const sources = times.map((sizes, id) => batchesOf(id, sizes));
          const written = await merge(sources, true);
          for (const [id, batches] of sources.entries()) {
            const own = written.filter(({ text }) => text.endsWith(` ${id}`));
            expect(timesOf(own)).toEqual(timesOf(batches.flat()));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
