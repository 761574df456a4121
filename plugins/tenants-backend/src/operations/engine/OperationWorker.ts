// SPDX-License-Identifier: Apache-2.0
import type { OperationType } from '@tenantry/backstage-plugin-tenants-common';
import type { Clock } from '../../time/Clock';
import type { OperationExecutor } from '../OperationExecutor';
import type { DatabaseOperationStore } from '../store/DatabaseOperationStore';
import { LEASE_LIMITS, type Lease } from '../store/Lease';
import { OperationRun } from './OperationRun';
import type { RunEnd } from './RunOptions';
import type { Wakeups } from './Wakeups';

/** How often the database is asked for work. */
export const POLL_LIMITS = {
  /** Where nobody tells of new work, or of work that has become due. */
  everyMs: 500,
  /** After the database failed. */
  afterFailureMs: 2_000,
} as const;

/** What a worker counts. */
export type WorkerCounters = {
  /** @param seconds - From the begin of the run under this lease. */
  readonly ended: (
    type: OperationType,
    how: RunEnd['kind'],
    seconds: number,
  ) => void;
};

type WorkerOptions = {
  readonly store: Pick<DatabaseOperationStore, 'claims' | 'queue' | 'journal'>;
  readonly executors: readonly OperationExecutor[];
  readonly clock: Clock;
  readonly random: () => number;
  readonly wakeups: Wakeups;
  /** Operations of this process at once; 10 when left out. All processes together are bounded by the store. */
  readonly concurrency?: number;
  readonly onFailure: (operation: string, error: unknown) => void;
  readonly counters?: WorkerCounters;
};

/**
 * Takes operations from the queue and runs them. It looks when it is woken, when something it put aside becomes due, and every
 * half second; each look takes what there is, up to its limit. When the process shuts down its runs end at the next safe point
 * and their leases are given back.
 */
export class OperationWorker {
  private readonly runs = new Map<string, OperationRun>();
  private readonly ending = new Set<Promise<void>>();
  private readonly byType: ReadonlyMap<OperationType, OperationExecutor>;
  private wakeUp = () => {};
  private woken = false;
  private dueAt = 0;
  private failing = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly options: WorkerOptions) {
    this.byType = new Map(options.executors.map(e => [e.type, e]));
  }

  /** Number of operations that run here. */
  get running(): number {
    return this.runs.size;
  }

  /** Runs until the signal aborts. */
  start(signal: AbortSignal): void {
    const stop = this.options.wakeups.onWake(operation => {
      this.look();
      void this.runs.get(operation)?.check();
    });
    this.loop = this.work(signal).finally(stop);
  }

  /** Resolves when nothing runs any more; to be called after the signal of `start` has aborted. */
  async stopped(): Promise<void> {
    await this.loop;
    await Promise.all(this.ending);
  }

  /** Looks for work soon. */
  look(): void {
    this.woken = true;
    this.wakeUp();
  }

  private async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.woken = false;
      try {
        await this.fill(signal);
        this.failing = false;
      } catch (error) {
        // Said once, not twice a second.
        if (!this.failing) this.options.onFailure('', error);
        this.failing = true;
      }
      await this.idle(signal);
    }
  }

  private async fill(signal: AbortSignal): Promise<void> {
    const { store, clock } = this.options;
    if (clock.now() >= this.dueAt) {
      this.dueAt = clock.now() + POLL_LIMITS.everyMs;
      await store.queue.reapLost();
      while (await this.takeOne('due', signal));
    }
    while (await this.takeOne('queue', signal));
  }

  private async takeOne(
    from: 'due' | 'queue',
    signal: AbortSignal,
  ): Promise<boolean> {
    const { store, concurrency = LEASE_LIMITS.concurrency } = this.options;
    if (signal.aborted || this.runs.size >= concurrency) return false;
    const lease = await store.claims.claim(from, {
      types: [...this.byType.keys()],
    });
    if (!lease) return false;
    this.begin(lease, signal);
    return true;
  }

  private begin(lease: Lease, shutdown: AbortSignal): void {
    const { store, clock, random, wakeups, onFailure } = this.options;
    const executor = this.byType.get(lease.row.type) ?? missing(lease);
    const run = new OperationRun({
      lease,
      executor,
      journal: store.journal,
      clock,
      random,
      shutdown,
      onUnexpected: onFailure,
      onWritten: operation => wakeups.wrote(operation),
    });
    this.runs.set(lease.id, run);
    const startedAt = clock.now();
    const ended = run.run().then(end => {
      this.runs.delete(lease.id);
      this.ending.delete(ended);
      const seconds = (clock.now() - startedAt) / 1_000;
      this.options.counters?.ended(lease.row.type, end.kind, seconds);
      this.afterRun(end);
    });
    this.ending.add(ended);
  }

  private afterRun(end: RunEnd): void {
    if (end.kind === 'again') {
      const { clock } = this.options;
      clock.after(end.afterMs, () => {
        this.dueAt = 0;
        this.look();
      });
    }
    this.look();
  }

  private async idle(signal: AbortSignal): Promise<void> {
    if (this.woken && !this.failing) return;
    const { everyMs, afterFailureMs } = POLL_LIMITS;
    await new Promise<void>(resolve => {
      let cancel = () => {};
      const done = () => {
        cancel();
        signal.removeEventListener('abort', done);
        this.wakeUp = () => {};
        resolve();
      };
      const delay = this.failing ? afterFailureMs : everyMs;
      cancel = this.options.clock.after(delay, done);
      signal.addEventListener('abort', done, { once: true });
      if (!this.failing) this.wakeUp = done;
      if (signal.aborted) done();
    });
  }
}

/** For an operation whose type this version does not know: a newer one put it there. */
function missing({ row }: Lease): OperationExecutor {
  const error = new Error(`There is no executor for ${row.type}.`);
  return {
    type: row.type,
    plan: () => Promise.reject(error),
    run: () => Promise.reject(error),
  };
}
