// SPDX-License-Identifier: Apache-2.0
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { LinePreparer, type PrepareOptions } from './LinePreparer';
import { LineSplitter, type RawLine } from './LineSplitter';
import { wholeSecond } from './lineTime';
import type { LogLine } from './LogLine';
import type { LogPlace } from './LogPlace';
import { ResumePoint } from './ResumePoint';
import type { LogContainer } from './selectLogContainers';

/** Bytes that are made into lines at a time: what one source holds while the reader is slow. */
const PIECE_BYTES = 8 * 1024;

/** What is read of a container. Times are in the form of `lineTime`. */
export type LogRange = {
  readonly follow: boolean;
  readonly previous: boolean;
  /** Lines from the end to begin with; all when left out. */
  readonly tailLines?: number;
  readonly since?: string;
  readonly until?: string;
};

type ContainerLogOptions = {
  readonly kubeApi: KubeApi;
  readonly container: LogContainer;
  readonly range: LogRange;
  readonly prepare: PrepareOptions;
  /** What is up to here has been shown already. */
  readonly behind?: LogPlace;
  /** Told once for a log that is read again: whether it goes on exactly there, or from `to` on with lines that may be missing before. */
  readonly onResumed: (outcome: 'exact' | 'gap', to: string) => Promise<void>;
  readonly signal: AbortSignal;
};

class Reading {
  private readonly splitter: LineSplitter;
  private readonly preparer: LinePreparer;
  private readonly resume: ResumePoint | undefined;
  isOver = false;

  constructor(private readonly options: ContainerLogOptions) {
    const { prepare, behind } = options;
    this.splitter = new LineSplitter(prepare.lineBytes);
    this.preparer = new LinePreparer(prepare);
    this.resume = behind && new ResumePoint(behind);
  }

  take(chunk: Buffer): Promise<readonly LogLine[]> {
    return this.prepare(this.splitter.push(chunk));
  }

  async end(): Promise<readonly LogLine[]> {
    const last = await this.prepare(this.splitter.end());
    return this.resume ? [...last, ...this.resume.end().lines] : last;
  }

  private async prepare(raw: readonly RawLine[]): Promise<readonly LogLine[]> {
    const lines = raw.map(line => this.preparer.prepare(line));
    return this.within(await this.resumed(lines));
  }

  private async resumed(lines: readonly LogLine[]) {
    if (!this.resume) return lines;
    const { lines: fresh, outcome } = this.resume.take(lines);
    if (outcome) {
      const to = fresh[0]?.time ?? lines.at(-1)?.time ?? '';
      await this.options.onResumed(outcome, to);
    }
    return fresh;
  }

  /** Times rise within a container, but for clocks that are set: only the first and the last line tell which batch to look into. */
  private within(lines: readonly LogLine[]): readonly LogLine[] {
    const { since, until } = this.options.range;
    let kept = lines;
    if (since !== undefined && kept.some(line => line.time < since)) {
      kept = kept.filter(line => line.time >= since);
    }
    if (until === undefined || kept.length === 0) return kept;
    const end = kept.findIndex(line => line.time > until);
    if (end < 0) return kept;
    this.isOver = true;
    return kept.slice(0, end);
  }
}

/**
 * Whole lines of one container’s log, ready to be sent, in batches as they come.
 *
 * @throws KubeError
 */
export async function* readContainerLog(
  options: ContainerLogOptions,
): AsyncGenerator<readonly LogLine[], void, void> {
  const reading = new Reading(options);
  for await (const chunk of openLog(options)) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const lines = await reading.take(chunk.subarray(at, at + PIECE_BYTES));
      if (lines.length > 0) yield lines;
      if (reading.isOver) return;
    }
  }
  // What is left of a line whose log was let go is not a line.
  if (!options.signal.aborted) yield await reading.end();
}

function openLog(options: ContainerLogOptions): AsyncIterable<Buffer> {
  const { kubeApi, container, range, behind, signal } = options;
  const since = behind?.time ?? range.since;
  return kubeApi.readLog({
    namespace: container.namespace,
    pod: container.pod,
    container: container.container,
    follow: range.follow,
    previous: range.previous,
    // A limit of lines could leave out what comes behind the place.
    tailLines: behind || range.until ? undefined : range.tailLines,
    // Whole seconds at the kubelet, so lines of that second come again and are left out here.
    sinceTime: since && wholeSecond(since),
    signal,
  });
}
