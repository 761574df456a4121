// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../../time/Clock';
import type { OperationExecutor } from '../OperationExecutor';
import type { Lease } from '../store/Lease';
import type { OperationJournal } from '../store/OperationJournal';

/** What one run of an operation needs. */
export type RunOptions = {
  readonly lease: Lease;
  readonly executor: OperationExecutor;
  readonly journal: OperationJournal;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborts when the process shuts down. */
  readonly shutdown: AbortSignal;
  /** What nobody was meant to see: for the service’s log. */
  readonly onUnexpected: (operation: string, error: unknown) => void;
  /** Something was written. */
  readonly onWritten: (operation: string) => void;
};

/** How a run ended for its worker. */
export type RunEnd =
  | { readonly kind: 'ended' | 'released' | 'lost' }
  | { readonly kind: 'again'; readonly afterMs: number };
