// SPDX-License-Identifier: Apache-2.0
import type { LogSource } from '@tenantry/backstage-plugin-tenants-common';
import { readContainerLog, type LogRange } from './ContainerLog';
import {
  ClusterGoneError,
  ENDED,
  explainEnd,
  explainFailure,
  type LogOutcome,
} from './explainFailure';
import type { LogLine } from './LogLine';
import { formatCursor, placeBehind, type LogPlace } from './LogPlace';
import type { LogTask } from './LogTask';
import { PastRuns } from './PastRuns';
import type { OpenSource, ReadOrder } from './ReadOrder';
import type { LogContainer } from './selectLogContainers';

/** The containers of one answer: gives them ids, opens their logs, and says how each ended. */
export class LogSources {
  private readonly ids = new Map<string, number>();
  private readonly places = new Map<string, LogPlace>();
  private readonly outcomes = new Map<string, LogOutcome>();
  private readonly past: PastRuns;
  /** How many logs were opened. */
  count = 0;

  constructor(private readonly task: LogTask) {
    this.past = new PastRuns(task, (source, order) =>
      this.openOnce(source, order, task.signal),
    );
  }

  /** How far a container has been read and written. */
  placeOf({ key }: LogContainer): LogPlace | undefined {
    return this.places.get(key) ?? this.task.after.get(key);
  }

  /** How a container’s log ended the last time. */
  outcomeOf({ key }: LogContainer): LogOutcome | undefined {
    return this.outcomes.get(key);
  }

  /** Everything up to here is written. */
  reached({ key }: LogContainer, place: LogPlace | undefined): void {
    if (place) this.places.set(key, place);
  }

  /** Cursors by id of the source, for all that was read. */
  cursors(): Record<string, string> {
    return Object.fromEntries(
      [...this.places].map(([key, place]) => [
        String(this.ids.get(key)),
        formatCursor(key, place),
      ]),
    );
  }

  /** Tells the reader of a container, under a new id. */
  async announce(
    container: LogContainer,
    more: Pick<LogSource, 'joined' | 'runBefore'> = {},
  ): Promise<OpenSource> {
    this.count += 1;
    const source = { id: this.count, container };
    this.ids.set(container.key, source.id);
    await this.tell(source, more);
    return source;
  }

  /**
   * Lines of one container, and then how it ended. When it was started again: first what is left of the run in which the place is, and
   * how that ended; without a place, only how the run before ended, if the present one is read from its beginning. Its failure ends the
   * source, not the answer.
   */
  async *read(
    source: OpenSource,
    order: ReadOrder,
  ): AsyncGenerator<readonly LogLine[], void, void> {
    const { key, lastExit } = source.container;
    const isFirst = !order.behind && !this.outcomes.has(key);
    const next = yield* this.past.readRunBefore(source, order);
    const lines = this.readSilently(source, next);
    yield* isFirst && lastExit ? this.past.behindEnd(source, lines) : lines;
    await this.tellEnd(source);
  }

  /** The same for lines that are written later than they are read: `tellEnd` is for when they are. */
  async *readSilently(
    source: OpenSource,
    order: ReadOrder,
  ): AsyncGenerator<readonly LogLine[], void, void> {
    const { container } = source;
    let outcome = explainEnd(container);
    try {
      yield* this.open(source, order);
    } catch (error) {
      if (this.task.signal.aborted) return;
      outcome = explainFailure(error, container);
    }
    this.outcomes.set(container.key, outcome);
  }

  /** Says how a container’s log ended, if it has. */
  async tellEnd({ id, container }: OpenSource): Promise<void> {
    const outcome = this.outcomes.get(container.key);
    if (this.task.signal.aborted || !outcome) return;
    const place = this.placeOf(container);
    await this.task.output.event({
      type: 'sourceEnded',
      source: id,
      ...outcome,
      ...(place ? { cursor: formatCursor(container.key, place) } : {}),
    });
  }

  /** Lines of one container, without a word to the reader on how it ends. What cannot be read is empty. */
  async *peek(
    source: OpenSource,
    range: LogRange,
  ): AsyncGenerator<readonly LogLine[], void, void> {
    try {
      yield* this.open(source, { range });
    } catch (error) {
      if (this.task.signal.aborted) return;
      this.outcomes.set(
        source.container.key,
        explainFailure(error, source.container),
      );
    }
  }

  /** A log is let go while the reader stands still, and then read on behind the last of its lines. */
  private async *open(
    source: OpenSource,
    first: ReadOrder,
  ): AsyncGenerator<readonly LogLine[], void, void> {
    const { signal, reader } = this.task;
    let order = first;
    for (;;) {
      const still = reader.signal;
      const behind = yield* this.openUntil(source, order, still);
      if (signal.aborted || !still.aborted) return;
      await reader.untilMoving();
      if (signal.aborted) return;
      const isNewRun = order.isNewRun && behind === order.behind;
      order = { ...order, behind, isNewRun };
      if (order.range.follow)
        order = yield* this.past.readRunBefore(source, order);
    }
  }

  /** Reads until the log ends or is let go. Answers the place behind its last line. */
  private async *openUntil(
    source: OpenSource,
    order: ReadOrder,
    still: AbortSignal,
  ): AsyncGenerator<readonly LogLine[], LogPlace | undefined, void> {
    let { behind } = order;
    const until = AbortSignal.any([this.task.signal, still]);
    const batches = this.openOnce(source, order, until);
    // What was read ahead is only freed with those who wait to hand it on.
    const letGo = () => void batches.return().catch(() => {});
    still.addEventListener('abort', letGo);
    try {
      for await (const lines of batches) {
        const last = lines.at(-1);
        behind = (last && placeBehind(last)) ?? behind;
        yield lines;
      }
    } finally {
      still.removeEventListener('abort', letGo);
    }
    return behind;
  }

  private openOnce(
    source: OpenSource,
    { range, behind, isNewRun, onResumed }: ReadOrder,
    signal: AbortSignal,
  ): AsyncGenerator<readonly LogLine[], void, void> {
    const { container } = source;
    const api = this.task.kubeApi(container.cluster);
    if (!api) throw new ClusterGoneError(container.cluster);
    return readContainerLog({
      kubeApi: api,
      container,
      range,
      prepare: this.task.prepare,
      behind,
      onResumed: async (outcome, to) => {
        onResumed?.();
        if (outcome === 'exact') await this.tell(source, { resumed: 'exact' });
        else if (!isNewRun) await this.tellGap(source, behind?.time ?? to, to);
      },
      signal,
    });
  }

  private async tellGap(
    { id, container: { pod, container } }: OpenSource,
    from: string,
    to: string,
  ): Promise<void> {
    const reason = `The log of container ${container} in pod ${pod} broke off and was opened again; lines written in between may be missing.`;
    await this.task.output.gap({ from, to, reason, source: id });
  }

  private async tell(
    { id, container }: OpenSource,
    more: Pick<LogSource, 'joined' | 'resumed' | 'runBefore'>,
  ): Promise<void> {
    const { cluster, environment, namespace, module, pod, key, role } =
      container;
    await this.task.output.event({
      type: 'source',
      source: {
        id,
        cluster,
        environment,
        namespace,
        module,
        pod,
        container: container.container,
        key,
        role,
        ...more,
      },
    });
  }
}

/** Whether a log was read to its end. */
export function isEnded(outcome: LogOutcome | undefined): boolean {
  return outcome?.reason === ENDED;
}
