// SPDX-License-Identifier: Apache-2.0
import { LogFollower } from './LogFollower';
import type { LogLine } from './LogLine';
import { LogProgress } from './LogProgress';
import { placeBehind, type LogPlace } from './LogPlace';
import { LogSources } from './LogSources';
import type { LogTask } from './LogTask';
import { mergeByTime } from './mergeByTime';
import { lastLines } from './lastLines';
import { readAround } from './readAround';
import type { OpenSource } from './ReadOrder';
import { limitContainers, selectLogContainers } from './selectLogContainers';

/**
 * Reads the logs a query names and writes them as they come.
 *
 * Without `follow`: all sources merged by time, then done. With it: see {@link LogFollower}. Around a position: see `readAround`.
 */
export class LogReader {
  private readonly sources: LogSources;
  private readonly progress: LogProgress;
  private readonly places = new Map<OpenSource, LogPlace>();

  constructor(private readonly task: LogTask) {
    this.sources = new LogSources(task);
    const { tally, output, clock } = task;
    const cursors = () => this.sources.cursors();
    this.progress = new LogProgress({ tally, cursors, output, clock });
  }

  /** Resolves when there is nothing more to read or the signal aborts, with a sentence on what was read. */
  async run(): Promise<string> {
    const { task, sources, progress } = this;
    const { around, line } = task.query;
    const position = line ?? around;
    try {
      if (position !== undefined) await readAround(task, sources, position);
      else if (task.range.follow) {
        await new LogFollower(task, sources, progress).run();
      } else await this.readOnce();
      await progress.end();
    } finally {
      progress.stop();
    }
    return `Read ${sources.count} logs to their end; ${task.tally.masked} values that look like secrets are masked.`;
  }

  private async readOnce(): Promise<void> {
    const { query, output } = this.task;
    const tenant = this.task.tenant();
    const found = tenant ? selectLogContainers(tenant, query) : [];
    const { containers, leftOut } = limitContainers(found);
    if (leftOut.length > 0) {
      const pods = leftOut.slice(0, 50);
      await output.event({ type: 'leftOut', pods, total: leftOut.length });
    }
    const open: OpenSource[] = [];
    for (const container of containers) {
      open.push(await this.sources.announce(container));
    }
    const sources = open.map(source => ({
      source: source.id,
      batches: this.wanted(source),
    }));
    try {
      for await (const merged of mergeByTime(sources)) {
        await output.lines(merged);
      }
      for (const [source, place] of this.places) {
        this.sources.reached(source.container, place);
      }
      // Not before: lines of a log are written after it has been read to its end.
      for (const source of open) await this.sources.tellEnd(source);
    } finally {
      await Promise.all(sources.map(({ batches }) => batches.return()));
    }
  }

  private async *wanted(
    source: OpenSource,
  ): AsyncGenerator<readonly LogLine[], void, void> {
    const { range, tally } = this.task;
    const behind = this.sources.placeOf(source.container);
    const all = this.sources.readSilently(source, { range, behind });
    const read =
      range.until !== undefined && range.tailLines !== undefined && !behind
        ? lastLines(all, range.tailLines)
        : all;
    for await (const lines of read) {
      yield await tally.sift(lines);
      const place =
        lines.length > 0 ? placeBehind(lines[lines.length - 1]) : undefined;
      if (place) this.places.set(source, place);
      this.progress.changed();
    }
  }
}
