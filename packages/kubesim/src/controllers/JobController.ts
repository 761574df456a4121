// SPDX-License-Identifier: Apache-2.0
import { isActive, readySince, type Pod } from '../kubelet/Pod';
import { timestamp } from '../storage/timestamp';
import { setCondition, type Condition } from './Condition';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { createPod, deletePod } from './createPod';
import { asJob, type Job } from './Workload';

const COMPONENT = 'job-controller';
/** A failed pod is followed by the next after this, doubled each time up to six minutes, as the job controller does. */
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 360_000;

type Counts = { active: Pod[]; succeeded: number; failed: number };

/** Runs pods until enough have succeeded, or too many have failed. */
export class JobController implements Controller {
  readonly resource = 'jobs.batch';
  private readonly notBefore = new Map<
    string,
    { failed: number; at: number }
  >();

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const object = this.ports.objects.get(this.resource, whereOf(key));
    if (!object) this.notBefore.delete(key);
    if (!object || object.metadata.deletionTimestamp || object.spec?.suspend)
      return undefined;
    const job = asJob(object);
    if (isOver(job)) return undefined;
    const counts = this.count(job);
    const outcome = this.outcomeOf(job, counts);
    const wait = outcome ? undefined : this.run(job, { key, counts });
    for (const pod of outcome ? counts.active : [])
      deletePod(this.ports, { owner: job, pod, component: COMPONENT });
    this.writeStatus(job, outcome);
    if (outcome) this.report(job, outcome);
    return wait;
  }

  private count(job: Job): Counts {
    const pods = this.ports.pods.of(job.metadata);
    const inPhase = (phase: string) =>
      pods.filter(({ status }) => status?.phase === phase).length;
    return {
      active: pods.filter(isActive),
      succeeded: inPhase('Succeeded'),
      failed: inPhase('Failed'),
    };
  }

  private outcomeOf(
    job: Job,
    { succeeded, failed }: Counts,
  ): 'Complete' | 'Failed' | undefined {
    if (succeeded >= (job.spec.completions ?? 1)) return 'Complete';
    return failed > (job.spec.backoffLimit ?? 6) ? 'Failed' : undefined;
  }

  private run(
    job: Job,
    { key, counts }: { key: string; counts: Counts },
  ): number | undefined {
    const wanted = Math.min(
      job.spec.parallelism ?? 1,
      (job.spec.completions ?? 1) - counts.succeeded,
    );
    const missing = wanted - counts.active.length;
    if (missing <= 0) return undefined;
    const waitMs = this.retryWait(key, counts.failed);
    if (waitMs > 0) return waitMs;
    for (let made = 0; made < missing; made += 1) {
      const labels = {
        'batch.kubernetes.io/job-name': job.metadata.name,
        'job-name': job.metadata.name,
      };
      const result = createPod(this.ports, {
        owner: job,
        template: job.spec.template,
        component: COMPONENT,
        labels,
      });
      if ('refused' in result) return LONGEST_RETRY_MS / 12;
    }
    return undefined;
  }

  private retryWait(key: string, failed: number): number {
    if (failed === 0) return 0;
    const now = this.ports.clock.now();
    const present = this.notBefore.get(key);
    if (present?.failed === failed) return Math.max(0, present.at - now);
    const waitMs = Math.min(
      LONGEST_RETRY_MS,
      FIRST_RETRY_MS * 2 ** (failed - 1),
    );
    this.notBefore.set(key, { failed, at: now + waitMs });
    return waitMs;
  }

  private writeStatus(
    job: Job,
    outcome: 'Complete' | 'Failed' | undefined,
  ): void {
    const now = timestamp(this.ports.clock.now());
    const { active, succeeded, failed } = this.count(job);
    const running = outcome ? [] : active;
    const ready = running.filter(pod => readySince(pod) !== undefined).length;
    this.ports.objects.modify(this.resource, job.metadata, draft => {
      const before = asJob(draft).status;
      const conditions = before?.conditions ?? [];
      for (const condition of outcome ? conditionsOf(outcome) : [])
        setCondition(conditions, { ...condition, lastProbeTime: now }, now);
      draft.status = {
        ...(conditions.length ? { conditions } : {}),
        startTime: before?.startTime ?? now,
        ...(outcome === 'Complete' ? { completionTime: now } : {}),
        ...(running.length ? { active: running.length } : {}),
        ...(succeeded ? { succeeded } : {}),
        ...(failed ? { failed } : {}),
        terminating: 0,
        uncountedTerminatedPods: {},
        ready,
      };
    });
  }

  private report(job: Job, outcome: 'Complete' | 'Failed'): void {
    const text =
      outcome === 'Complete'
        ? ({
            type: 'Normal',
            reason: 'Completed',
            message: 'Job completed',
          } as const)
        : ({
            type: 'Warning',
            reason: 'BackoffLimitExceeded',
            message: 'Job has reached the specified backoff limit',
          } as const);
    this.ports.events.record(job, { ...text, component: COMPONENT });
  }
}

/** Whether a job will run no more. */
export function isOver(job: Job): boolean {
  return (job.status?.conditions ?? []).some(
    ({ type, status }) =>
      (type === 'Complete' || type === 'Failed') && status === 'True',
  );
}

function conditionsOf(outcome: 'Complete' | 'Failed'): Condition[] {
  const text =
    outcome === 'Complete'
      ? {
          reason: 'CompletionsReached',
          message: 'Reached expected number of succeeded pods',
        }
      : {
          reason: 'BackoffLimitExceeded',
          message: 'Job has reached the specified backoff limit',
        };
  const first = outcome === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  return [first, outcome].map(type => ({ type, status: 'True', ...text }));
}
