// SPDX-License-Identifier: Apache-2.0
import type { LogSource } from '@tenantry/backstage-plugin-tenants-common';
import { placeBehind } from './LogPlace';
import type { LogProgress } from './LogProgress';
import { isEnded, type LogSources } from './LogSources';
import type { LogTask } from './LogTask';
import { MergeWindow } from './MergeWindow';
import type { ReadOrder } from './ReadOrder';
import {
  limitContainers,
  selectLogContainers,
  type LogContainer,
} from './selectLogContainers';

/** A log that broke off is opened again after this, longer after each failure, for as long as its container runs. */
const REOPEN_MS = 2_000;
const MAX_REOPEN_MS = 60_000;
/** Names that are told of pods without room. */
const MAX_NAMES = 50;

/** How reading one container ended the last time. */
type Ended = {
  readonly restarts: number;
  readonly failures: number;
  readonly reopenAt: number;
};

/**
 * Reads containers as they write: each by itself; one that appears joins, one whose log breaks off is opened again exactly where it
 * ended, and reading is done when no pod is left that could write more.
 */
export class LogFollower {
  private readonly active = new Set<string>();
  private readonly ended = new Map<string, Ended>();
  private readonly window: MergeWindow;
  /** Containers found from now on have appeared while following. */
  private joinedLate = false;
  private isDone = false;
  private leftOut = '';

  constructor(
    private readonly task: LogTask,
    private readonly sources: LogSources,
    private readonly progress: LogProgress,
  ) {
    this.window = new MergeWindow(merged => task.output.lines(merged), {
      clock: task.clock,
      inOrder: isBounded(task),
    });
  }

  /** Resolves when there is nothing more to read or the signal aborts. */
  run(): Promise<void> {
    const { signal, onTenantChange } = this.task;
    return new Promise(resolve => {
      let stop = () => {};
      const done = () => {
        this.isDone = true;
        stop();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const look = () => {
        if (this.isDone) return;
        if (signal.aborted || this.lookForContainers(look)) done();
      };
      signal.addEventListener('abort', done);
      stop = onTenantChange(look);
      look();
    });
  }

  private select(): readonly LogContainer[] {
    const tenant = this.task.tenant();
    const found = tenant ? selectLogContainers(tenant, this.task.query) : [];
    const { containers, leftOut } = limitContainers(found);
    this.tellLeftOut(leftOut);
    return containers;
  }

  private tellLeftOut(pods: readonly string[]): void {
    const names = pods.join(' ');
    if (names === this.leftOut) return;
    this.leftOut = names;
    void this.task.output.event({
      type: 'leftOut',
      pods: pods.slice(0, MAX_NAMES),
      total: pods.length,
    });
  }

  /** Starts reading what is not being read. Answers whether nothing more can come. */
  private lookForContainers(again: () => void): boolean {
    const containers = this.select();
    this.forgetOthers(containers);
    for (const container of containers) {
      if (!this.isDue(container)) continue;
      this.active.add(container.key);
      void this.tail(container)
        .catch(() => MAX_REOPEN_MS)
        .then(reopenInMs => {
          this.active.delete(container.key);
          // Who has left leaves no timer behind.
          if (this.isDone) return;
          this.task.clock.after(reopenInMs, again);
          again();
        });
    }
    this.joinedLate = true;
    return this.active.size === 0 && !containers.some(({ alive }) => alive);
  }

  private isDue({ key, restarts, running }: LogContainer): boolean {
    if (this.active.has(key)) return false;
    const ended = this.ended.get(key);
    if (!ended || restarts > ended.restarts) return true;
    return running && this.task.clock.now() >= ended.reopenAt;
  }

  private forgetOthers(containers: readonly LogContainer[]): void {
    const keys = new Set(containers.map(({ key }) => key));
    for (const key of this.ended.keys()) {
      if (!keys.has(key) && !this.active.has(key)) this.ended.delete(key);
    }
  }

  /** Reads one container until its log ends. Answers how long to wait before it may be opened again. */
  private async tail(container: LogContainer): Promise<number> {
    const { key, restarts } = container;
    const order = this.orderFor(container);
    const source = await this.sources.announce(
      container,
      this.factsOf(container),
    );
    this.window.open(source.id);
    let hasLines = false;
    try {
      for await (const lines of this.sources.read(source, order)) {
        const wanted = await this.task.tally.sift(lines);
        await this.window.push(source.id, wanted);
        hasLines ||= lines.length > 0;
        this.reached(container, lines.at(-1));
      }
    } finally {
      this.window.close(source.id);
    }
    const failures = hasLines ? 0 : this.ended.get(key)?.failures ?? 0;
    const waitMs = Math.min(REOPEN_MS * 2 ** failures, MAX_REOPEN_MS);
    this.ended.set(key, {
      restarts,
      failures: failures + 1,
      reopenAt: this.task.clock.now() + waitMs,
    });
    return waitMs;
  }

  /** What there is to say of a container before its lines. */
  private factsOf(
    container: LogContainer,
  ): Pick<LogSource, 'joined' | 'runBefore'> {
    const isJoined = this.joinedLate && !this.ended.has(container.key);
    if (isJoined) return { joined: true };
    const { lastExit } = container;
    // When the log of the run before ended, its exit was not known yet; before the next end it is another’s.
    if (!lastExit || !this.isNextRun(container)) return {};
    const { reason, code } = lastExit;
    return { runBefore: { reason, code } };
  }

  /** Whether it was started again once since its log was read to its end. */
  private isNextRun(container: LogContainer): boolean {
    const ended = this.ended.get(container.key);
    return (
      ended !== undefined &&
      container.restarts === ended.restarts + 1 &&
      isEnded(this.sources.outcomeOf(container))
    );
  }

  private reached(
    container: LogContainer,
    last: Parameters<typeof placeBehind>[0] | undefined,
  ): void {
    if (!last) return;
    this.sources.reached(container, placeBehind(last));
    this.progress.changed();
  }

  /** Who joins later is read from its beginning; who was read before, from where that broke off, or as the next run when that is over. */
  private orderFor(container: LogContainer): ReadOrder {
    const { range } = this.task;
    const behind = this.sources.placeOf(container);
    const ended = this.ended.get(container.key);
    if (behind) {
      return { range, behind, isNewRun: this.isNextRun(container) };
    }
    const isLate = this.joinedLate || ended !== undefined;
    return { range: isLate ? { ...range, tailLines: undefined } : range };
  }
}

/** Whether so little was written before we came that it can be put in order whole. All that there is would have sources wait for one another. */
function isBounded({ range, after }: LogTask): boolean {
  return (
    range.tailLines !== undefined || range.since !== undefined || after.size > 0
  );
}
