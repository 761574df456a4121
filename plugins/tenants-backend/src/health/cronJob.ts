// SPDX-License-Identifier: Apache-2.0
import type { CronJobObject, JobObject } from '../informers/objects';
import { newestEvent, type HealthContext } from './HealthCheck';
import { judgeJob } from './job';
import { compareText } from './rollUp';
import { judgeTerminating } from './terminating';
import { because, healthy, type Verdict } from './Verdict';

/** Warnings of the CronJob controller that it will not run on time. */
const SCHEDULE_FAILURES = [
  'FailedCreate',
  'FailedNeedsStart',
  'MissSchedule',
  'TooManyMissedTimes',
  'UnParseableCronJobSchedule',
  'UnparseableSchedule',
  'InvalidSchedule',
  'UnknownTimeZone',
];

/** Judges a CronJob by its newest run: an older failure is history. */
export function judgeCronJob(
  cronJob: CronJobObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const gone = judgeTerminating(cronJob, now);
  if (gone) return gone;
  if (cronJob.suspended) {
    const message = 'The schedule is suspended.';
    return { code: 'Suspended', reason: 'Suspended', message };
  }
  const warning = newestEvent(cronJob, context, SCHEDULE_FAILURES);
  if (warning && warning.lastSeen > (cronJob.lastScheduledAt ?? '')) {
    return {
      code: 'Degraded',
      reason: warning.reason,
      message: `Does not run on its schedule ${cronJob.schedule}${because(
        warning.message,
      )}.`,
      since: warning.firstSeen,
    };
  }
  return judgeRuns(cronJob, context, now);
}

function judgeRuns(
  cronJob: CronJobObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const last = newestRun(context.listers.jobs.byController(cronJob.uid));
  const verdict = last && judgeJob(last, context, now);
  if (last && verdict?.code === 'Degraded') {
    const message = `The last run ${last.name} failed. ${verdict.message}`;
    return { ...verdict, message };
  }
  return healthy('Scheduled', cronJob.createdAt);
}

function newestRun(jobs: readonly JobObject[]): JobObject | undefined {
  return [...jobs].sort(
    (a, b) =>
      compareText(b.createdAt, a.createdAt) || compareText(b.name, a.name),
  )[0];
}
