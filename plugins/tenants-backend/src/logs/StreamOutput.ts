// SPDX-License-Identifier: Apache-2.0
import type { LogEvent } from '@tenantry/backstage-plugin-tenants-common';
import { encodeLines } from './encodeLines';
import type { LogLine } from './LogLine';
import type { LogGap, LogOutput } from './LogOutput';
import { formatCursor, placeBehind } from './LogPlace';
import type { LogWriter } from './LogWriter';
import type { MergedLines } from './MergedLines';

/** Text units of one message at most, but for a single line that is longer. */
const MAX_BATCH_LENGTH = 64 * 1024;

/** Sends lines in batches with one header, in the framing of the stream. */
export class StreamOutput implements LogOutput {
  private readonly keys = new Map<number, string>();

  /** @param mixed - Whether a batch may hold lines of several sources. */
  constructor(
    private readonly writer: LogWriter,
    private readonly mixed: boolean,
  ) {}

  event(event: LogEvent): Promise<void> {
    if (event.type === 'source') {
      this.keys.set(event.source.id, event.source.key ?? '');
    }
    return this.writer.event(event);
  }

  gap(gap: LogGap): Promise<void> {
    return this.writer.gap(gap);
  }

  async lines({ lines, sources }: MergedLines): Promise<void> {
    for (let start = 0; start < lines.length; ) {
      const end = this.endOfBatch({ lines, sources }, start);
      const batch = lines.slice(start, end);
      const event = this.mixed
        ? this.mixedEvent(batch, sources.slice(start, end))
        : this.linesEvent(batch, sources[start]);
      await this.writer.event(event, batch.length);
      start = end;
    }
  }

  private endOfBatch({ lines, sources }: MergedLines, start: number): number {
    let length = 0;
    let end = start;
    while (end < lines.length) {
      length += lines[end].text.length;
      const isFull = end > start && length > MAX_BATCH_LENGTH;
      const isOther = !this.mixed && sources[end] !== sources[start];
      if (isFull || isOther) break;
      end += 1;
    }
    return end;
  }

  private linesEvent(lines: readonly LogLine[], source: number): LogEvent {
    const cursor = this.cursorBehind(source, lines[lines.length - 1]);
    return { type: 'lines', source, ...encodeLines(lines), cursor };
  }

  private mixedEvent(
    lines: readonly LogLine[],
    sources: readonly number[],
  ): LogEvent {
    const runs: number[] = [];
    const last = new Map<number, LogLine>();
    lines.forEach((line, at) => {
      const source = sources[at];
      if (at > 0 && sources[at - 1] === source) runs[runs.length - 1] += 1;
      else runs.push(source, 1);
      last.set(source, line);
    });
    const cursors = Object.fromEntries(
      [...last].flatMap(([source, line]) => {
        const cursor = this.cursorBehind(source, line);
        return cursor === undefined ? [] : [[source, cursor]];
      }),
    );
    return { type: 'mixed', runs, ...encodeLines(lines), cursors };
  }

  private cursorBehind(source: number, line: LogLine): string | undefined {
    const place = placeBehind(line);
    return place && formatCursor(this.keys.get(source) ?? '', place);
  }
}
