// SPDX-License-Identifier: Apache-2.0
import type { Lifecycle } from '../engine/transition';
import type { OperationRow } from './OperationRow';

/** How long a lease lasts, and what is bounded around it. */
export const LEASE_LIMITS = {
  lengthMs: 30_000,
  renewEveryMs: 10_000,
  /** Leases of all replicas together. */
  concurrency: 10,
  /** Operations of one tenant that wait. */
  waitingPerTenant: 50,
} as const;

/** An operation that is ours for now, and how far its row has been seen. */
export type Lease = {
  readonly seq: number;
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly fence: number;
  readonly row: OperationRow;
  state: Lifecycle['state'];
  attempt: number;
  version: number;
  lastEvent: number;
  eventBytes: number;
  dropped: boolean;
};

/** The lease that a claimed row is. */
export function toLease(row: OperationRow): Lease {
  return {
    seq: Number(row.seq),
    id: row.id,
    tenant: row.tenant,
    owner: row.owner ?? '',
    fence: Number(row.fence),
    row,
    ...seenOf(row),
  };
}

/** How far a row has been seen. */
export type LeaseSeen = Pick<
  Lease,
  'state' | 'attempt' | 'version' | 'lastEvent' | 'eventBytes' | 'dropped'
>;

/** Takes over what somebody else, such as a request to cancel, has written. */
export function refreshLease(lease: Lease, row: OperationRow): void {
  Object.assign(lease, seenOf(row));
}

function seenOf(row: OperationRow): LeaseSeen {
  return {
    state: row.state,
    attempt: row.attempt,
    version: row.version,
    lastEvent: row.last_event,
    eventBytes: row.event_bytes,
    dropped: row.dropped === 1,
  };
}

/** An operation under a lease as the state machine knows it. */
export function lifecycleOf({ state, attempt, row }: Lease): Lifecycle {
  return { state, attempt, maxAttempts: row.max_attempts, leased: true };
}

/** A row as the state machine knows it; times are relative to now. */
export function toLifecycle(row: OperationRow): Lifecycle {
  return {
    state: row.state,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    leased: row.owner !== null,
  };
}
