// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../../time/Clock';
import { LeaseLostError } from '../OperationErrors';

/** How long a step has to end after somebody asked to cancel, and again after it was told to stop. */
const CANCEL_GRACE_MS = 5_000;

type RunStopOptions = {
  readonly operation: string;
  readonly clock: Clock;
  /** Aborts when the process shuts down. */
  readonly shutdown: AbortSignal;
};

/**
 * Why a run must stop, and how long its step may go on: at once when the lease is lost or the process ends; when somebody
 * cancels, after a grace.
 */
export class RunStop {
  private readonly stopping = new AbortController();
  private readonly onShutdown = () => this.stopping.abort();
  private cancelled = false;
  private lost = false;
  private timers: (() => void)[] = [];

  constructor(private readonly options: RunStopOptions) {}

  /** Aborts when the running step is to stop. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Whether somebody asked to cancel. */
  get isCancelling(): boolean {
    return this.cancelled;
  }

  /** Whether another worker has the lease, or may have. */
  get isLost(): boolean {
    return this.lost;
  }

  /** Whether the process shuts down. */
  get isShutDown(): boolean {
    return this.options.shutdown.aborted;
  }

  start(): void {
    const { shutdown } = this.options;
    shutdown.addEventListener('abort', this.onShutdown, { once: true });
    if (shutdown.aborted) this.onShutdown();
  }

  /** The run is over. */
  end(): void {
    for (const cancel of this.timers) cancel();
    this.options.shutdown.removeEventListener('abort', this.onShutdown);
    this.stopping.abort();
  }

  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    this.afterGrace(() => this.stopping.abort());
  }

  lose(): void {
    this.lost = true;
    this.stopping.abort();
  }

  /** Rejects when the lease is lost, or a step does not end although it was told to, after a last grace. */
  abandoned(): Promise<never> {
    const { signal } = this.stopping;
    return new Promise((_resolve, reject) => {
      const giveUp = () => {
        if (this.lost) {
          reject(new LeaseLostError(this.options.operation));
          return;
        }
        this.afterGrace(() =>
          reject(new Error('The step did not stop in time.')),
        );
      };
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  private afterGrace(act: () => void): void {
    this.timers.push(this.options.clock.after(CANCEL_GRACE_MS, act));
  }
}
