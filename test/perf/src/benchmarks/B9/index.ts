// SPDX-License-Identifier: Apache-2.0
import { runContest } from '../../contest';
import { median, percentile } from '../../percentile';
import type { BenchmarkResult, Size } from '../../result';
import { bundlePages } from './bundlePages';
import { openPage } from './openPage';

const SIZES = {
  quick: { lines: 100_000, seconds: 3, rounds: 2 },
  full: { lines: 1_000_000, seconds: 10, rounds: 4 },
};
const LINES_PER_SECOND = 10_000;
/** A frame longer than this is seen as a stumble. */
const LONG_FRAME_MS = 50;
const FEW_LINES = 10_000;
const SEARCHED = 'orders/976';

type Side = 'ours' | 'peer';

type Measured = {
  /** Time in which nothing moved: of each long frame what is beyond {@link LONG_FRAME_MS}. */
  readonly frozenMs: number;
  readonly longFrames: number;
  readonly firstMs: number;
  readonly rowNodes: number;
  readonly heapBytes: number;
  readonly frameP95: number;
  readonly searchLongest: number;
};

function longOf(frames: readonly number[]): number[] {
  return frames.filter(frame => frame > LONG_FRAME_MS);
}

/** A page that stands still for seconds has few frames: what counts is for how long it does. */
function frozen(frames: readonly number[]): number {
  return longOf(frames).reduce((sum, frame) => sum + frame - LONG_FRAME_MS, 0);
}

async function measure(
  folder: string,
  side: Side,
  size: { readonly lines: number; readonly seconds: number },
): Promise<Measured> {
  const { page, heapBytes, close } = await openPage(folder, side);
  try {
    const firstMs = await page.evaluate(n => window.bench.load(n), size.lines);
    const appended = await page.evaluate(
      ([rate, seconds]) => window.bench.append(rate, seconds),
      [LINES_PER_SECOND, size.seconds] as const,
    );
    const searched = await page.evaluate(
      text => window.bench.search(text),
      SEARCHED,
    );
    const frames = [...appended, ...searched];
    return {
      frozenMs: frozen(frames),
      longFrames: longOf(frames).length,
      firstMs,
      rowNodes: await page.evaluate(() => window.bench.rowNodes()),
      heapBytes: await heapBytes(),
      frameP95: percentile(appended, 95),
      searchLongest: Math.max(...searched),
    };
  } finally {
    await close();
  }
}

function medianOf(all: readonly Measured[], what: keyof Measured): number {
  return median(all.map(one => one[what]));
}

/** A log view with many lines held, many more coming, and a search through all of them. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { lines, seconds, rounds } = SIZES[size];
  const { folder, remove } = await bundlePages();
  const measured: Record<Side, Measured[]> = { ours: [], peer: [] };
  const contestant = (side: Side) => async () => {
    const one = await measure(folder, side, { lines, seconds });
    measured[side].push(one);
    // A ratio needs something to divide by, and less than one frame that is seen is nothing.
    return Math.max(LONG_FRAME_MS, one.frozenMs);
  };
  try {
    const results = await runContest({
      ours: contestant('ours'),
      peer: contestant('peer'),
      rounds,
    });
    const few = await measure(folder, 'ours', { lines: FEW_LINES, seconds: 1 });
    const { ours, peer } = measured;
    return {
      id: 'B9',
      title: 'Log view',
      peer: '@melloware/react-logviewer',
      peerVersion: '6.5.5',
      unit: `ms beyond ${LONG_FRAME_MS} ms a frame, ${LONG_FRAME_MS} at least`,
      higherIsBetter: false,
      rounds: results,
      counts: { rowNodes: Math.max(...ours.map(one => one.rowNodes)) },
      figures: {
        ourLongFrames: medianOf(ours, 'longFrames'),
        peerLongFrames: medianOf(peer, 'longFrames'),
        ourFirstLinesMs: medianOf(ours, 'firstMs'),
        ourFirstOfFewMs: few.firstMs,
        peerFirstLinesMs: medianOf(peer, 'firstMs'),
        ourHeapMB: medianOf(ours, 'heapBytes') / 1e6,
        peerHeapMB: medianOf(peer, 'heapBytes') / 1e6,
        ourFrameP95Ms: medianOf(ours, 'frameP95'),
        peerFrameP95Ms: medianOf(peer, 'frameP95'),
        ourLongestInSearchMs: medianOf(ours, 'searchLongest'),
        peerLongestInSearchMs: medianOf(peer, 'searchLongest'),
        peerRowNodes: medianOf(peer, 'rowNodes'),
      },
      note: `${lines} lines held, ${LINES_PER_SECOND} lines/s added for ${seconds} s, then a search; headless Chromium, both sides built for production. Our lines come with times and pods and are parsed, the peer’s are text only. Heap includes the memory of typed arrays of the page, not of the worker, which holds none.`,
    };
  } finally {
    await remove();
  }
}
