// SPDX-License-Identifier: Apache-2.0
import { lineTime } from './lineTime';

/** Lines of one source, in its order, in batches as they are read. */
export type LineBatches = AsyncIterator<readonly string[], void, void>;

/** Lines that follow one another and come from one source. */
type MergedLines = {
  readonly source: number;
  readonly lines: readonly string[];
};

/** Lines put together at most. */
const BATCH_LINES = 200;

type Head = {
  readonly source: number;
  readonly batches: LineBatches;
  lines: readonly string[];
  next: number;
  time: string;
};

/**
 * Merges sources by the time of their lines. Lossless, and each source keeps its own order even where its times do not rise.
 * Reads from a source only when its lines are used up, so that a slow reader slows all sources down.
 */
export async function* mergeByTime(
  sources: readonly LineBatches[],
): AsyncGenerator<MergedLines, void, void> {
  const heads = await Promise.all(sources.map(open));
  let live = heads.filter(head => head !== undefined);
  while (live.length > 0) {
    const first = live.reduce((a, b) => (b.time < a.time ? b : a));
    const others = live.filter(head => head !== first);
    yield { source: first.source, lines: takeUntil(first, others) };
    if (first.next < first.lines.length) continue;
    if (!(await refill(first))) live = others;
  }
}

async function open(
  batches: LineBatches,
  source: number,
): Promise<Head | undefined> {
  const head = { source, batches, lines: [], next: 0, time: '' };
  return (await refill(head)) ? head : undefined;
}

/** Takes lines as long as no other source has an earlier one. */
function takeUntil(head: Head, others: readonly Head[]): string[] {
  const limit = others.reduce<string | undefined>(
    (least, { time }) => (least === undefined || time < least ? time : least),
    undefined,
  );
  const taken: string[] = [];
  do {
    taken.push(head.lines[head.next]);
    advance(head);
  } while (
    head.next < head.lines.length &&
    taken.length < BATCH_LINES &&
    (limit === undefined || head.time <= limit)
  );
  return taken;
}

async function refill(head: Head): Promise<boolean> {
  for (;;) {
    const result = await head.batches.next();
    if (result.done) return false;
    if (result.value.length === 0) continue;
    head.lines = result.value;
    head.next = -1;
    advance(head);
    return true;
  }
}

function advance(head: Head): void {
  head.next += 1;
  const line = head.lines[head.next];
  // A line without a time belongs to the one before it.
  if (line !== undefined) head.time = lineTime(line) ?? head.time;
}
