// SPDX-License-Identifier: Apache-2.0
import { LineHeads, type LineHead } from './LineHeads';
import type { LogLine } from './LogLine';
import type { MergedLines } from './MergedLines';

/** Lines of one source, in its order, in batches as they are read. */
export type LineBatches = AsyncIterator<readonly LogLine[], void, void>;

/** One source to be merged. */
export type SourceBatches = {
  readonly source: number;
  readonly batches: LineBatches;
};

/** Lines put together at most. */
const BATCH_LINES = 500;

/**
 * Merges sources by the time of their lines. Lossless, and each source keeps its own order even where its times do not rise.
 * Reads from a source only when its lines are used up, so that a slow reader slows all sources down.
 */
export async function* mergeByTime(
  sources: readonly SourceBatches[],
): AsyncGenerator<MergedLines, void, void> {
  const batchesOf = new Map(
    sources.map(({ source, batches }) => [source, batches]),
  );
  const heads = new LineHeads();
  const opened = await Promise.all(sources.map(open));
  for (const head of opened) if (head) heads.add(head);
  let merged: MergedLines = { lines: [], sources: [] };
  for (let head = heads.first; head; head = heads.first) {
    merged.lines.push(head.lines[head.next]);
    merged.sources.push(head.source);
    const isUsedUp = head.next + 1 === head.lines.length;
    if (merged.lines.length >= BATCH_LINES) {
      yield merged;
      merged = { lines: [], sources: [] };
    }
    if (!isUsedUp) heads.advance();
    else await refill(heads, head, batchesOf.get(head.source));
  }
  if (merged.lines.length > 0) yield merged;
}

async function open({
  source,
  batches,
}: SourceBatches): Promise<LineHead | undefined> {
  const lines = await nextLines(batches);
  return lines && { source, lines, next: 0, at: 0, time: '' };
}

async function refill(
  heads: LineHeads,
  head: LineHead,
  batches: LineBatches | undefined,
): Promise<void> {
  const lines = batches && (await nextLines(batches));
  if (!lines) {
    heads.remove();
    return;
  }
  head.lines = lines;
  head.next = -1;
  heads.advance();
}

async function nextLines(
  batches: LineBatches,
): Promise<readonly LogLine[] | undefined> {
  for (;;) {
    const result = await batches.next();
    if (result.done) return undefined;
    if (result.value.length > 0) return result.value;
  }
}
