// SPDX-License-Identifier: Apache-2.0
import { STREAM_LIMITS } from '@tenantry/backstage-plugin-tenants-common';
import type { Clock } from '../../time/Clock';

/** A policy that cannot be asked for this long ends the answer; with the time between two questions, that is within 30 s. */
const POLICY_PATIENCE_MS = 20_000;

/** What happens by time while an answer lasts. */
export class SessionTimers {
  private readonly cancels = new Set<() => void>();
  private cancelled = false;
  private policyFailingSince?: number;

  constructor(private readonly clock: Clock) {}

  /** Runs again and again, first after one period. */
  every(periodMs: number, run: () => void): void {
    this.after(periodMs, () => {
      run();
      this.every(periodMs, run);
    });
  }

  /** Asks the policy again as often as the protocol says. `onGiveUp` gets a sentence once it has failed for too long. */
  recheck(ask: () => Promise<void>, onGiveUp: (message: string) => void): void {
    this.every(STREAM_LIMITS.recheckMs, () => {
      ask().then(
        () => {
          this.policyFailingSince = undefined;
        },
        () => {
          const now = this.clock.now();
          this.policyFailingSince ??= now;
          if (now - this.policyFailingSince < POLICY_PATIENCE_MS) return;
          onGiveUp(
            'The portal’s permission policy cannot be asked whether you may still see this. Try again in a moment.',
          );
        },
      );
    });
  }

  /** Runs shortly before the caller’s token expires; never when it is not known to. */
  beforeExpiry(
    expiresAt: number | undefined,
    onExpiry: (message: string) => void,
  ): void {
    if (expiresAt === undefined) return;
    const left =
      expiresAt - this.clock.now() - STREAM_LIMITS.endBeforeTokenExpiryMs;
    this.after(Math.max(left, 0), () =>
      onExpiry(
        'Your token is about to expire; open the stream again with a new one.',
      ),
    );
  }

  /** Nothing runs any more. */
  cancel(): void {
    this.cancelled = true;
    for (const cancel of this.cancels) cancel();
    this.cancels.clear();
  }

  private after(delayMs: number, run: () => void): void {
    if (this.cancelled) return;
    const cancel = this.clock.after(delayMs, () => {
      this.cancels.delete(cancel);
      run();
    });
    this.cancels.add(cancel);
  }
}
