// SPDX-License-Identifier: Apache-2.0
import type { LogExit } from '@tenantry/backstage-plugin-tenants-common';
import { explainEnd } from './explainFailure';
import type { LogLine } from './LogLine';
import type { LogTask } from './LogTask';
import type { LogBatches, OpenSource, ReadOrder } from './ReadOrder';
import { beginningOf, endBehind, present } from './runBefore';

/** Lines wait no longer for where their log begins. */
const BEGINNING_MS = 2_000;

/** What is told of the run before that of a container which was started again. */
export class PastRuns {
  /** @param openRun - Reads what an order says, once. @throws ClusterGoneError */
  constructor(
    private readonly task: LogTask,
    private readonly openRun: (
      source: OpenSource,
      order: ReadOrder,
    ) => LogBatches,
  ) {}

  /** Reads on in the log of the run before, when the place is in it, and tells how that run ended. Answers what is to be read then. */
  async *readRunBefore(
    { id, container }: OpenSource,
    order: ReadOrder,
  ): AsyncGenerator<readonly LogLine[], ReadOrder, void> {
    const { behind, range, isNewRun } = order;
    const now = present(container, this.task);
    const exit = behind && endBehind(now, behind);
    if (!exit || isNewRun) return order;
    let isFound = false;
    try {
      yield* this.openRun(
        { id, container: now },
        {
          behind,
          range: { ...range, previous: true, follow: false },
          onResumed: () => {
            isFound = true;
          },
        },
      );
    } catch {
      // It is no longer kept: the present log tells that lines are missing.
      return order;
    }
    if (!isFound || this.task.signal.aborted) return order;
    await this.tellEndBefore({ id, container: now }, exit);
    return { ...order, isNewRun: true };
  }

  /** The same lines, behind how the run before ended when they begin where the present run does. */
  async *behindEnd(
    source: OpenSource,
    batches: AsyncIterable<readonly LogLine[]>,
  ): AsyncGenerator<readonly LogLine[], void, void> {
    let isFirst = true;
    for await (const lines of batches) {
      if (isFirst && lines.length > 0) {
        isFirst = false;
        await this.tellEndBeforeFirst(source, lines[0]);
      }
      yield lines;
    }
  }

  private async tellEndBeforeFirst(
    source: OpenSource,
    { time }: LogLine,
  ): Promise<void> {
    const { container } = source;
    const { kubeApi, clock, signal } = this.task;
    const api = kubeApi(container.cluster);
    const { lastExit } = container;
    if (!api || !lastExit) return;
    const late = new AbortController();
    const cancel = clock.after(BEGINNING_MS, () => late.abort());
    const until = AbortSignal.any([signal, late.signal]);
    const beginning = await beginningOf(container, api, until);
    cancel();
    if (beginning !== time) return;
    const { reason, code } = lastExit;
    await this.tellEndBefore(source, { reason, code });
  }

  /** Says how the run before ended. */
  private async tellEndBefore(
    { id, container }: OpenSource,
    exit: LogExit,
  ): Promise<void> {
    const outcome = explainEnd({ ...container, exit });
    await this.task.output.event({
      type: 'sourceEnded',
      source: id,
      ...outcome,
    });
  }
}
