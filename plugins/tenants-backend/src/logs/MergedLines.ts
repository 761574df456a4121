// SPDX-License-Identifier: Apache-2.0
import { LineHeads } from './LineHeads';
import type { LogLine } from './LogLine';

/** Lines of several sources in the order of their times; `sources[i]` is whose the i-th line is. */
export type MergedLines = {
  readonly lines: LogLine[];
  readonly sources: number[];
};

/** One source’s lines that are at hand. */
export type SourceLines = {
  readonly source: number;
  readonly lines: readonly LogLine[];
};

/** Puts lines that are at hand in order. Lossless, and each source keeps its own order even where its times do not rise. */
export function mergeLines(batches: readonly SourceLines[]): MergedLines {
  const merged: MergedLines = { lines: [], sources: [] };
  if (batches.length === 1) {
    const [{ source, lines }] = batches;
    return { lines: [...lines], sources: lines.map(() => source) };
  }
  const heads = new LineHeads();
  for (const { source, lines } of batches) {
    if (lines.length > 0)
      heads.add({ source, lines, next: 0, at: 0, time: '' });
  }
  for (let head = heads.first; head; head = heads.first) {
    merged.lines.push(head.lines[head.next]);
    merged.sources.push(head.source);
    if (head.next + 1 < head.lines.length) heads.advance();
    else heads.remove();
  }
  return merged;
}
