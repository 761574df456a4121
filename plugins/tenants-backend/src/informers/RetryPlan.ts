// SPDX-License-Identifier: Apache-2.0
import {
  isExpired,
  isForbidden,
  isNotFound,
  KubeError,
} from '@tenantry/backstage-plugin-tenants-node';
import { backoffMs } from './backoff';

/** An event could not be read, so what it said is missing. */
export class LostEventError extends Error {}

/** A list looks as if it were of another time or of nothing. */
export class DoubtfulListError extends Error {}

export type NextTry = {
  readonly waitMs: number;
  /** Forget the version: list again. */
  readonly startAnew: boolean;
  /** The kind may not be seen, or is no more: keep nothing of it. */
  readonly dropObjects: boolean;
};

const firstMs = 1_000;
const maxMs = 30_000;
/** A kind that is refused or not served is asked for at most so often. */
const slowMs = 60_000;
/** A refusal is confirmed before objects are dropped: an API server that starts may refuse everything for a moment. */
const confirmForbiddenMs = 5_000;
const confirmNotServedMs = 30_000;
/** A watch that ends sooner than this is no normal end: do not spin. */
const shortWatchMs = 500;

/** Decides how soon a reflector tries again, and from where. */
export class RetryPlan {
  private failures = 0;
  private refusals = 0;
  private shortWatches = 0;
  private lostAfter?: string;

  constructor(private readonly random: () => number) {}

  /** An event or bookmark came. */
  succeeded(): void {
    this.failures = 0;
    this.refusals = 0;
  }

  /** A list came. The watch after it has not yet shown that it works. */
  listed(): void {
    this.refusals = 0;
  }

  /** The server ended the watch as agreed. */
  afterEnd(lastedMs: number): number {
    if (lastedMs >= shortWatchMs) {
      this.shortWatches = 0;
      this.failures = 0;
      return 0;
    }
    return this.backoff(this.shortWatches++);
  }

  afterFailure(error: unknown, resourceVersion?: string): NextTry {
    if (isForbidden(error)) return this.afterRefusal(confirmForbiddenMs);
    if (isNotFound(error)) return this.afterRefusal(confirmNotServedMs);
    const startAnew =
      isExpired(error) ||
      error instanceof DoubtfulListError ||
      this.isLostAgain(error, resourceVersion);
    const waitMs = this.waitAfter(error);
    return { waitMs, startAnew, dropObjects: false };
  }

  private afterRefusal(confirmMs: number): NextTry {
    const confirmed = this.refusals++ > 0;
    const waitMs = (confirmed ? slowMs : confirmMs) * (1 + this.random() / 2);
    return { waitMs, startAnew: true, dropObjects: confirmed };
  }

  private isLostAgain(error: unknown, resourceVersion?: string): boolean {
    if (!(error instanceof LostEventError)) return false;
    const again = this.lostAfter === resourceVersion;
    this.lostAfter = resourceVersion;
    return again;
  }

  private waitAfter(error: unknown): number {
    const asked = error instanceof KubeError ? error.retryAfterMs : undefined;
    const own = this.backoff(this.failures++);
    return asked === undefined
      ? own
      : Math.max(own, asked * (1 + this.random() / 5));
  }

  private backoff(retry: number): number {
    return backoffMs(retry, { firstMs, maxMs, random: this.random });
  }
}
