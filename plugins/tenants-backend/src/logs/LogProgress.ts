// SPDX-License-Identifier: Apache-2.0
import { LOG_LIMITS } from '@tenantry/backstage-plugin-tenants-common';
import type { Clock } from '../time/Clock';
import type { LogOutput } from './LogOutput';
import type { LogTally } from './LogTally';

type LogProgressOptions = {
  readonly tally: LogTally;
  readonly cursors: () => Record<string, string>;
  readonly output: LogOutput;
  readonly clock: Clock;
};

/** Tells from time to time what was read, also while nothing of it is sent. */
export class LogProgress {
  private cancel?: () => void;
  private isOver = false;

  constructor(private readonly options: LogProgressOptions) {}

  /** Something was read. */
  changed(): void {
    if (this.isOver) return;
    const { clock, tally } = this.options;
    if (tally.counts?.isFull) {
      void this.tell();
      return;
    }
    this.cancel ??= clock.after(LOG_LIMITS.progressMs, () => void this.tell());
  }

  /** Tells what is left, and nothing after it. */
  async end(): Promise<void> {
    await this.tell();
    this.stop();
  }

  /** Tells nothing more. */
  stop(): void {
    this.isOver = true;
    this.cancel?.();
  }

  private async tell(): Promise<void> {
    this.cancel?.();
    this.cancel = undefined;
    const { tally, cursors, output } = this.options;
    const { read, matched, masked, counts } = tally;
    const buckets = counts?.take() ?? [];
    if (counts && buckets.length > 0) {
      const { bucketSeconds } = counts;
      await output.event({ type: 'counts', bucketSeconds, buckets });
    }
    await output.event({
      type: 'progress',
      read,
      matched,
      masked,
      cursors: cursors(),
    });
  }
}
