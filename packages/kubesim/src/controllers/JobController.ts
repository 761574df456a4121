// SPDX-License-Identifier: Apache-2.0
import { isActive, readySince, type Pod } from '../kubelet/Pod';
import { timestamp } from '../storage/timestamp';
import { setCondition } from './Condition';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { createPod, deletePod } from './createPod';
import { completedIndexes, indexOf, nextIndex } from './jobIndexes';
import {
  outcomeConditions,
  outcomeEvent,
  suspendedCondition,
  type JobOutcome,
} from './jobOutcome';
import { asJob, type Job } from './Workload';

const COMPONENT = 'job-controller';
/** A failed pod is followed by the next after this, doubled each time up to six minutes, as the job controller does. */
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 360_000;
const REFUSAL_RETRY_MS = 30_000;

type Counts = {
  active: Pod[];
  succeeded: number;
  failed: number;
  indexes: ReadonlySet<number>;
};

/** Runs pods until enough have succeeded, too many have failed, or the time is over. */
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
    if (!object || object.metadata.deletionTimestamp) return undefined;
    const job = asJob(object);
    if (isOver(job)) return this.expire(job);
    const counts = this.count(job);
    const outcome = this.outcomeOf(job, counts);
    const rests = Boolean(outcome ?? job.spec.suspend);
    const wait = rests ? undefined : this.run(job, { key, counts });
    for (const pod of rests ? counts.active : [])
      deletePod(this.ports, { owner: job, pod, component: COMPONENT });
    this.writeStatus(job, outcome);
    if (outcome) this.report(job, outcome);
    return outcome ? this.expire(job) : soonest(wait, this.deadlineIn(job));
  }

  private count(job: Job): Counts {
    const pods = this.ports.pods.of(job.metadata);
    // A pod that is told to end says nothing of the work any more.
    const inPhase = (phase: string) =>
      pods.filter(
        ({ metadata, status }) =>
          status?.phase === phase && !metadata.deletionTimestamp,
      );
    const succeeded = inPhase('Succeeded');
    const indexes = new Set(succeeded.map(indexOf));
    return {
      active: pods.filter(isActive),
      succeeded: isIndexed(job) ? indexes.size : succeeded.length,
      failed: inPhase('Failed').length,
      indexes,
    };
  }

  private outcomeOf(
    job: Job,
    { succeeded, failed, active }: Counts,
  ): JobOutcome | undefined {
    const { completions, backoffLimit = 6 } = job.spec;
    // Without a number of completions, one success and no pod left is enough.
    const enough =
      completions === undefined
        ? succeeded > 0 && active.length === 0
        : succeeded >= completions;
    if (enough) return 'Complete';
    if (failed > backoffLimit) return 'BackoffLimitExceeded';
    const left = this.deadlineIn(job);
    return left !== undefined && left <= 0 ? 'DeadlineExceeded' : undefined;
  }

  /** In how many milliseconds the job has run too long. */
  private deadlineIn({ spec, status }: Job): number | undefined {
    if (spec.activeDeadlineSeconds === undefined || spec.suspend)
      return undefined;
    const started = status?.startTime;
    const since = started ? Date.parse(started) : this.ports.clock.now();
    return since + spec.activeDeadlineSeconds * 1000 - this.ports.clock.now();
  }

  /** A job that is over goes when its time to live has passed. */
  private expire({ metadata }: Job): number | undefined {
    const present = this.ports.objects.get(this.resource, metadata);
    if (!present) return undefined;
    const { spec, status } = asJob(present);
    if (spec.ttlSecondsAfterFinished === undefined) return undefined;
    const ended = status?.conditions?.find(
      ({ type }) => type === 'Complete' || type === 'Failed',
    );
    const at =
      Date.parse(ended?.lastTransitionTime ?? '') +
      spec.ttlSecondsAfterFinished * 1000;
    const waitMs = at - this.ports.clock.now();
    if (waitMs > 0) return waitMs;
    this.ports.objects.delete(this.resource, metadata, {
      propagation: 'Foreground',
    });
    return undefined;
  }

  private run(
    job: Job,
    { key, counts }: { key: string; counts: Counts },
  ): number | undefined {
    const { parallelism = 1 } = job.spec;
    const wanted = Math.min(parallelism, openWork(job, counts));
    const surplus = counts.active.length - wanted;
    for (const pod of counts.active.slice(0, Math.max(0, surplus)))
      deletePod(this.ports, { owner: job, pod, component: COMPONENT });
    if (surplus >= 0) return undefined;
    const waitMs = this.retryWait(key, counts.failed);
    if (waitMs > 0) return waitMs;
    const taken = new Set([...counts.indexes, ...counts.active.map(indexOf)]);
    for (let made = 0; made < -surplus; made += 1) {
      if (!this.createPod(job, taken)) return REFUSAL_RETRY_MS;
    }
    return undefined;
  }

  private createPod(job: Job, taken: Set<number>): boolean {
    const { name } = job.metadata;
    const index = isIndexed(job) ? nextIndex(taken) : undefined;
    if (index !== undefined) taken.add(index);
    const at = index === undefined ? undefined : String(index);
    const result = createPod(this.ports, {
      owner: job,
      template: job.spec.template,
      component: COMPONENT,
      labels: {
        'batch.kubernetes.io/job-name': name,
        'job-name': name,
        ...(at ? { 'batch.kubernetes.io/job-completion-index': at } : {}),
      },
      annotations: at
        ? { 'batch.kubernetes.io/job-completion-index': at }
        : undefined,
      generateName: at ? `${name}-${at}-` : undefined,
    });
    return !('refused' in result);
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

  private writeStatus(job: Job, outcome: JobOutcome | undefined): void {
    const now = timestamp(this.ports.clock.now());
    const { active, succeeded, failed, indexes } = this.count(job);
    const running = outcome ? [] : active;
    const ready = running.filter(pod => readySince(pod) !== undefined).length;
    this.ports.objects.modify(this.resource, job.metadata, draft => {
      const before = asJob(draft).status;
      const conditions = before?.conditions ?? [];
      const suspended = suspendedCondition(job, conditions);
      const resumed = suspended?.status === 'False';
      const news = [
        ...(suspended ? [suspended] : []),
        ...(outcome ? outcomeConditions(outcome) : []),
      ];
      for (const condition of news)
        setCondition(conditions, { ...condition, lastProbeTime: now }, now);
      const startTime = resumed ? now : before?.startTime ?? now;
      draft.status = {
        ...(conditions.length ? { conditions } : {}),
        ...(job.spec.suspend ? {} : { startTime }),
        ...(outcome === 'Complete' ? { completionTime: now } : {}),
        ...(running.length ? { active: running.length } : {}),
        ...(succeeded ? { succeeded } : {}),
        ...(failed ? { failed } : {}),
        ...(isIndexed(job) && indexes.size > 0
          ? { completedIndexes: completedIndexes(indexes) }
          : {}),
        terminating: 0,
        uncountedTerminatedPods: {},
        ready,
      };
    });
  }

  private report(job: Job, outcome: JobOutcome): void {
    this.ports.events.record(job, {
      ...outcomeEvent(outcome),
      component: COMPONENT,
    });
  }
}

/** How many pods there still is work for. Without a number of completions: for all, until the first succeeds. */
function openWork(
  { spec: { completions, parallelism = 1 } }: Job,
  { active, succeeded }: Counts,
): number {
  if (completions !== undefined) return completions - succeeded;
  return succeeded > 0 ? active.length : parallelism;
}

function isIndexed({ spec }: Job): boolean {
  return spec.completionMode === 'Indexed';
}

function soonest(
  ...waits: readonly (number | undefined)[]
): number | undefined {
  const known = waits.filter(wait => wait !== undefined);
  return known.length > 0 ? Math.max(1, Math.min(...known)) : undefined;
}

/** Whether a job will run no more. */
export function isOver(job: Job): boolean {
  return (job.status?.conditions ?? []).some(
    ({ type, status }) =>
      (type === 'Complete' || type === 'Failed') && status === 'True',
  );
}
