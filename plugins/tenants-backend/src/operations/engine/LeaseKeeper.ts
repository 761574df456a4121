// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../../time/Clock';
import { LeaseLostError } from '../OperationErrors';
import { LEASE_LIMITS, type Lease } from '../store/Lease';
import type { OperationJournal } from '../store/OperationJournal';

/** Part of a lease that is left unused: what a worker begins then would end after it. */
const MARGIN_MS = 2_000;

type LeaseKeeperOptions = {
  readonly lease: Lease;
  readonly journal: Pick<OperationJournal, 'renew'>;
  readonly clock: Clock;
  /** Called once. */
  readonly onLost: () => void;
  /** Called when somebody has asked to cancel; perhaps again. */
  readonly onCancelling: () => void;
};

/**
 * Renews a lease every 10 s. When the database does not answer until the lease is about to end, it counts as lost: another
 * worker may have it then.
 */
export class LeaseKeeper {
  private cancelTimer = () => {};
  private heldUntil: number;
  private stopped = false;
  private lost = false;

  constructor(private readonly options: LeaseKeeperOptions) {
    this.heldUntil = options.clock.now() + LEASE_LIMITS.lengthMs - MARGIN_MS;
  }

  start(): void {
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  /** Asks the database now. @throws LeaseLostError when another worker has the lease, or nobody can say until it ends */
  async hold(): Promise<void> {
    const { lease } = this.options;
    if (this.lost) throw new LeaseLostError(lease.id);
    try {
      await this.renew();
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      // Not asked, not held: an effect must not follow.
      this.lose();
      throw new LeaseLostError(lease.id);
    }
  }

  /** Looks at the operation now: it may be lost, or somebody has asked to cancel it. Never throws. */
  async check(): Promise<void> {
    try {
      await this.renew();
    } catch {
      // A database that does not answer is asked again until the lease ends.
      if (this.options.clock.now() >= this.heldUntil) this.lose();
    }
  }

  private async renew(): Promise<void> {
    const { lease, journal, clock, onCancelling } = this.options;
    const askedAt = clock.now();
    try {
      await journal.renew(lease, LEASE_LIMITS.lengthMs);
    } catch (error) {
      if (error instanceof LeaseLostError) this.lose();
      throw error;
    }
    this.heldUntil = askedAt + LEASE_LIMITS.lengthMs - MARGIN_MS;
    if (lease.state === 'cancelling') onCancelling();
  }

  private schedule(): void {
    if (this.stopped || this.lost) return;
    const { clock } = this.options;
    // Near its end it is asked more often, and the end itself is not missed.
    const left = Math.max(0, this.heldUntil - clock.now());
    const delay = Math.min(LEASE_LIMITS.renewEveryMs, Math.max(left, 100));
    this.cancelTimer = clock.after(delay, () => {
      if (clock.now() >= this.heldUntil) {
        this.lose();
        return;
      }
      void this.check().then(() => this.schedule());
    });
  }

  private lose(): void {
    if (this.lost || this.stopped) return;
    this.lost = true;
    this.options.onLost();
  }
}
