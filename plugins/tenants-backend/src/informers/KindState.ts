// SPDX-License-Identifier: Apache-2.0
import {
  isForbidden,
  isNotFound,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';

/** How far one kind of one cluster can be trusted. */
export type KindFreshness =
  | 'synced'
  | 'refreshing'
  | 'stale'
  | 'forbidden'
  | 'notServed';

/** Without a connection for so long, data is old. */
export const staleAfterMs = 10_000;
/** A watch that the server ends as agreed is resumed within this; it does not count as a loss. */
const resumeGraceMs = 1_000;

/**
 * Freshness of one kind:
 *
 * ```
 *   refreshing ── connected ──▶ synced
 *   synced ── error, or ended and not resumed within 1 s ──▶ refreshing
 *   refreshing ── 10 s without a connection ──▶ stale ── connected ──▶ synced
 *   any ── 403 ──▶ forbidden      any ── 404 ──▶ notServed      both ── connected ──▶ synced
 * ```
 *
 * The 10 s count from the moment the connection was lost. A connection that is silent but open counts as one,
 * until the watch’s idle limit ends it.
 */
export class KindState {
  private current: KindFreshness = 'refreshing';
  private graceTimer?: () => void;
  private staleTimer?: () => void;
  /** Why it is not connected; `undefined` while it is, and before the first failure. */
  lastError?: unknown;

  constructor(
    private readonly options: {
      readonly clock: Clock;
      readonly onChange: () => void;
    },
  ) {}

  get value(): KindFreshness {
    return this.current;
  }

  /** Connecting begins now. */
  start(): void {
    this.armStale();
  }

  /** Frees the timers. */
  stop(): void {
    this.clearTimers();
  }

  connected(): void {
    this.clearTimers();
    this.lastError = undefined;
    this.enter('synced');
  }

  disconnected(error?: unknown): void {
    const isNews = error !== undefined && this.lastError === undefined;
    if (error !== undefined) this.lastError = error;
    if (isForbidden(error)) {
      this.refuse('forbidden');
      return;
    }
    if (isNotFound(error)) {
      this.refuse('notServed');
      return;
    }
    this.armStale();
    if (this.current !== 'synced') {
      // The state stays; what keeps it from being another is known now.
      if (isNews) this.options.onChange();
      return;
    }
    if (error !== undefined) this.enter('refreshing');
    else this.armGrace();
  }

  private refuse(state: 'forbidden' | 'notServed'): void {
    this.clearTimers();
    this.enter(state);
  }

  private armStale(): void {
    this.staleTimer ??= this.options.clock.after(staleAfterMs, () =>
      this.enter('stale'),
    );
  }

  private armGrace(): void {
    this.graceTimer ??= this.options.clock.after(resumeGraceMs, () =>
      this.enter('refreshing'),
    );
  }

  private clearTimers(): void {
    this.graceTimer?.();
    this.staleTimer?.();
    this.graceTimer = undefined;
    this.staleTimer = undefined;
  }

  private enter(state: KindFreshness): void {
    if (state === this.current) return;
    this.current = state;
    this.options.onChange();
  }
}
