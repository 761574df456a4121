// SPDX-License-Identifier: Apache-2.0
import type { Condition } from './Condition';
import type { Job } from './Workload';

/** How a job ended. */
export type JobOutcome =
  | 'Complete'
  | 'BackoffLimitExceeded'
  | 'DeadlineExceeded';

const FAILURES: Readonly<Record<Exclude<JobOutcome, 'Complete'>, string>> = {
  BackoffLimitExceeded: 'Job has reached the specified backoff limit',
  DeadlineExceeded: 'Job was active longer than specified deadline',
};

/** What a job says at its end: first what was met, then that it is over. */
export function outcomeConditions(outcome: JobOutcome): Condition[] {
  const [types, text] =
    outcome === 'Complete'
      ? [
          ['SuccessCriteriaMet', 'Complete'],
          {
            reason: 'CompletionsReached',
            message: 'Reached expected number of succeeded pods',
          },
        ]
      : [
          ['FailureTarget', 'Failed'],
          { reason: outcome, message: FAILURES[outcome] },
        ];
  return types.map(type => ({ type, status: 'True', ...text }));
}

export function outcomeEvent(outcome: JobOutcome) {
  return outcome === 'Complete'
    ? ({
        type: 'Normal',
        reason: 'Completed',
        message: 'Job completed',
      } as const)
    : ({
        type: 'Warning',
        reason: outcome,
        message: FAILURES[outcome],
      } as const);
}

/** Whether a job sleeps; `undefined` when that is nothing new. */
export function suspendedCondition(
  { spec }: Job,
  conditions: readonly Condition[],
): Condition | undefined {
  const present = conditions.find(({ type }) => type === 'Suspended');
  const was = present?.status === 'True';
  if (Boolean(spec.suspend) === was) return undefined;
  return spec.suspend
    ? {
        type: 'Suspended',
        status: 'True',
        reason: 'JobSuspended',
        message: 'Job suspended',
      }
    : {
        type: 'Suspended',
        status: 'False',
        reason: 'JobResumed',
        message: 'Job resumed',
      };
}
