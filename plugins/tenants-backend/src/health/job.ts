// SPDX-License-Identifier: Apache-2.0
import type { JobObject, ObjectCondition } from '../informers/objects';
import { conditionOf, newestEvent, type HealthContext } from './HealthCheck';
import { explainRefusal } from './refusal';
import { compareHealth } from './rollUp';
import { worstPod } from './replicated';
import { judgeTerminating } from './terminating';
import { clip, count, healthy, type Verdict } from './Verdict';

/** Judges a Job: by its Complete and Failed conditions, while it runs by its pods. */
export function judgeJob(
  job: JobObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const failed = conditionOf(job, 'Failed');
  if (failed?.status === 'True') return judgeFailed(job, failed, context);
  if (conditionOf(job, 'Complete')?.status === 'True') {
    return healthy('Complete', job.completedAt);
  }
  const gone = judgeTerminating(job, now);
  if (gone) return gone;
  if (job.suspended) {
    const message = 'The job is suspended.';
    return { code: 'Suspended', reason: 'Suspended', message };
  }
  return judgeRunning(job, context);
}

function judgeFailed(
  job: JobObject,
  failed: ObjectCondition,
  context: HealthContext,
): Verdict {
  const pod = context
    .podsOf(job)
    .map(candidate => context.verdictOf(candidate))
    .sort(compareHealth)[0];
  const fault = pod?.code === 'Degraded' ? pod : undefined;
  const why = fault ? `: ${fault.message}` : '.';
  const tries =
    job.failed > 0 ? ` after ${count(job.failed, 'failed pod')}` : '';
  const said = clip(failed.message) || 'the job failed';
  return {
    code: 'Degraded',
    reason: failed.reason || 'Failed',
    message: `Gave up${tries} (${said})${why}`,
    since: failed.since,
    evidence: fault?.evidence,
  };
}

function judgeRunning(job: JobObject, context: HealthContext): Verdict {
  const done = `${job.succeeded} of ${job.completions ?? 1} completed`;
  const refused = newestEvent(job, context, ['FailedCreate']);
  if (refused && job.active === 0) {
    const { reason, words, root } = explainRefusal(refused.message);
    const message = `${done}: ${words}.`;
    const since = refused.firstSeen;
    return { code: 'Degraded', reason, message, since, evidence: { root } };
  }
  const worst = worstPod(context.podsOf(job), context);
  if (worst && worst.code !== 'Healthy') {
    return { ...worst, message: `${done}: ${worst.message}` };
  }
  const retries =
    job.failed > 0
      ? `, ${count(job.failed, 'failed pod')} of ${
          job.backoffLimit + 1
        } allowed`
      : '';
  return {
    code: 'Progressing',
    reason: 'Running',
    message: `${done}${retries}.`,
    since: job.startedAt ?? job.createdAt,
  };
}
