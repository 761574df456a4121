// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  type OperationError,
  type OperationState,
} from '@tenantry/backstage-plugin-tenants-common';

/** What the machine knows of an operation. */
export type Lifecycle = {
  readonly state: OperationState;
  /** From 1; 0 before the first try. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Whether a worker holds the lease. Only in `running` and `cancelling`. */
  readonly leased: boolean;
  /** When a worker may take it (milliseconds since the epoch): in `retrying`, and while it waits without a worker. */
  readonly dueAt?: number;
  readonly error?: OperationError;
};

/** What can happen to an operation. */
export type LifecycleEvent =
  | { readonly type: 'claimed' }
  /** A step is to be looked at again later; the worker is free. */
  | { readonly type: 'waiting'; readonly forMs: number }
  /** The worker shuts down and gives the lease back. */
  | { readonly type: 'released' }
  /** Every step has ended; `error` when some of them failed. */
  | { readonly type: 'completed'; readonly error?: OperationError }
  /** A step failed and none after it runs, or all that could run beside it has ended. */
  | {
      readonly type: 'failed';
      readonly error: OperationError;
      readonly retryAfterMs: number;
    }
  | { readonly type: 'cancelRequested' }
  /** The worker has stopped because it was asked to. */
  | { readonly type: 'stopped' }
  | { readonly type: 'leaseExpired' };

/** The operation afterwards, or why it cannot happen to one in this state. */
export type Transition =
  | { readonly ok: true; readonly next: Lifecycle }
  | { readonly ok: false; readonly reason: string };

/** Why an operation ended whose workers were lost again and again. */
export const LOST: OperationError = {
  reason: 'Lost',
  message:
    'The workers of this operation ended before it did, each time it was tried. Look at the service’s memory and restarts, then try again.',
  retryable: true,
};

/**
 * The life of an operation. Pure: the same operation, event and time give the same answer.
 *
 * ```
 *             claimed                completed ──────────────► succeeded, or failed when a part of it failed
 *   queued ──────────► running ──────┤
 *     │                 ▲  │ │       failed, retryable, tries left ─► retrying ──claimed (attempt + 1)──► running
 *     │                 └──┘ │       failed otherwise ──────────────► failed
 *     │    waiting, released │
 *     │    (no worker), then │ leaseExpired: retrying, due now; after the last try failed (Lost)
 *     │    claimed again     │
 *     │                      │ cancelRequested (also from retrying)
 *     │                      ▼
 *     │                  cancelling ──stopped, failed──► cancelled
 *     │                   ▲  │  └─────completed────────► succeeded: it was done before it could be stopped
 *     │                   └──┘ waiting, released, claimed: a worker finishes what must not stay half done
 *     │                        leaseExpired: cancelling (attempt + 1); after the last try failed (Lost)
 *     └─cancelRequested─► cancelled: nothing was done yet
 * ```
 *
 * Invariants: a final state is never left; an attempt is counted when a worker begins anew (first claim, a retry, a lost
 * worker), never for waiting or giving back; `attempt` never exceeds `maxAttempts`.
 */
export function transition(
  operation: Lifecycle,
  event: LifecycleEvent,
  now: number,
): Transition {
  if (isFinalState(operation.state)) {
    return refuse(`The operation has ${operation.state} already.`);
  }
  switch (event.type) {
    case 'claimed':
      return claim(operation, now);
    case 'cancelRequested':
      return requestCancel(operation, now);
    default:
      return operation.leased
        ? underLease(operation, event, now)
        : refuse(`No worker holds the operation: it is ${operation.state}.`);
  }
}

type UnderLease = Exclude<
  LifecycleEvent,
  { type: 'claimed' | 'cancelRequested' }
>;

function underLease(
  operation: Lifecycle,
  event: UnderLease,
  now: number,
): Transition {
  switch (event.type) {
    case 'waiting':
      return move(operation, { leased: false, dueAt: now + event.forMs });
    case 'released':
      return move(operation, { leased: false, dueAt: now });
    case 'completed':
      return end(operation, event.error ? 'failed' : 'succeeded', event.error);
    case 'failed':
      return fail(operation, event, now);
    case 'stopped':
      return operation.state === 'cancelling'
        ? end(operation, 'cancelled')
        : refuse('Nobody asked to cancel the operation.');
    default:
      return loseWorker(operation, now);
  }
}

function claim(operation: Lifecycle, now: number): Transition {
  const { state, attempt, dueAt = now } = operation;
  if (operation.leased) return refuse('Another worker holds the operation.');
  if (dueAt > now) return refuse('The operation is not due yet.');
  const begins = state === 'queued' || state === 'retrying';
  return move(operation, {
    state: begins ? 'running' : state,
    attempt: begins ? attempt + 1 : attempt,
    leased: true,
    dueAt: undefined,
    error: undefined,
  });
}

function requestCancel(operation: Lifecycle, now: number): Transition {
  switch (operation.state) {
    case 'queued':
      return end(operation, 'cancelled');
    case 'retrying':
      return move(operation, { state: 'cancelling', dueAt: now });
    case 'running':
      return move(operation, {
        state: 'cancelling',
        dueAt: operation.leased ? undefined : now,
      });
    default:
      return refuse('The operation is being cancelled already.');
  }
}

function fail(
  operation: Lifecycle,
  { error, retryAfterMs }: Extract<LifecycleEvent, { type: 'failed' }>,
  now: number,
): Transition {
  if (operation.state === 'cancelling') return end(operation, 'cancelled');
  const again = error.retryable && operation.attempt < operation.maxAttempts;
  if (!again) return end(operation, 'failed', error);
  return move(operation, {
    state: 'retrying',
    leased: false,
    dueAt: now + retryAfterMs,
    error,
  });
}

function loseWorker(operation: Lifecycle, now: number): Transition {
  const { state, attempt, maxAttempts } = operation;
  if (attempt >= maxAttempts) return end(operation, 'failed', LOST);
  const isCancelling = state === 'cancelling';
  return move(operation, {
    state: isCancelling ? 'cancelling' : 'retrying',
    attempt: isCancelling ? attempt + 1 : attempt,
    leased: false,
    dueAt: now,
    error: undefined,
  });
}

function end(
  operation: Lifecycle,
  state: 'succeeded' | 'failed' | 'cancelled',
  error?: OperationError,
): Transition {
  return move(operation, { state, leased: false, dueAt: undefined, error });
}

function move(operation: Lifecycle, change: Partial<Lifecycle>): Transition {
  return { ok: true, next: { ...operation, ...change } };
}

function refuse(reason: string): Transition {
  return { ok: false, reason };
}
