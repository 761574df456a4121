// SPDX-License-Identifier: Apache-2.0
import type {
  ChangeSetEntry,
  Operation,
  OperationError,
  OperationRequest,
  OperationType,
} from '@tenantry/backstage-plugin-tenants-common';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';

/** One step as an executor plans it. What it needs to know is in `input`, which is journalled: a step is run from its journal, by any replica, possibly twice. */
export type StepPlan = {
  /** Unique within the operation and lasting: the same work has the same key after a crash. */
  readonly key: string;
  readonly title: string;
  readonly environment?: string;
  readonly cluster?: string;
  readonly wave?: number;
  /** No secrets: it is stored and shown to the platform team. */
  readonly input: JsonObject;
};

/** How one run of a step ended. */
export type StepOutcome =
  | {
      readonly kind: 'done';
      readonly changes?: readonly ChangeSetEntry[];
      /** Steps that come after this one, before those already planned. */
      readonly next?: readonly StepPlan[];
      readonly message?: string;
      /** Goes into the operation’s result; a later step’s members replace those of an earlier one, but files, which are added. */
      readonly result?: Operation['result'];
    }
  /** Look again later; holds no worker meanwhile. Not a failure and not a try. */
  | {
      readonly kind: 'wait';
      readonly afterMs: number;
      readonly message: string;
    }
  | {
      readonly kind: 'failed';
      readonly error: OperationError;
      readonly changes?: readonly ChangeSetEntry[];
      /** Other environments go on. At their end it is tried again where it may pass and tries are left; else the operation fails. */
      readonly partial?: boolean;
    };

/** What a step may know and say while it runs. */
export type StepContext = {
  readonly operation: Pick<
    Operation,
    'id' | 'tenant' | 'type' | 'title' | 'requestedBy' | 'attempt'
  > & {
    /** Who asked, and the groups that counted as that one’s then; absent for a service. */
    readonly ownership?: readonly string[];
  };
  readonly request: OperationRequest;
  readonly step: StepPlan;
  /** Grows with every lease of this operation’s tenant: a writer with an older one must stop. */
  readonly fence: number;
  /** Aborts when the lease is lost, the process shuts down, or the operation is cancelled. */
  readonly signal: AbortSignal;
  /** Whether somebody asked to cancel: finish what must not stay half done, then return. */
  readonly isCancelling: () => boolean;
  /** One line of the operation’s log. */
  readonly log: (level: 'info' | 'warning' | 'error', message: string) => void;
  /** Shows what the step is at; the newest replaces the one before. */
  readonly progress: (message: string) => void;
  /** Returns when the lease is held now. @throws LeaseLostError when another worker has it: stop at once */
  readonly holdLease: () => Promise<void>;
};

/** What one type of operation does. Every method may be called again after a crash, on another replica. */
export interface OperationExecutor {
  readonly type: OperationType;
  /** The steps known before the first one has run. Reads, never writes. @throws OperationRefusedError when it cannot be done any more */
  plan(
    operation: StepContext['operation'],
    request: OperationRequest,
    signal: AbortSignal,
  ): Promise<readonly StepPlan[]>;
  /** Runs one step; idempotent. What it throws is a failure: retryable when the cluster could not be reached, else not. */
  run(context: StepContext): Promise<StepOutcome>;
}
