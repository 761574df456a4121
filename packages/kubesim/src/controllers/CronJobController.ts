// SPDX-License-Identifier: Apache-2.0
import { timestamp } from '../storage/timestamp';
import {
  controlledBy,
  controllerOf,
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { isOver } from './JobController';
import { nextRun } from './cronSchedule';
import { asCronJob, asJob, type CronJob, type Job } from './Workload';

const COMPONENT = 'cronjob-controller';
const JOBS = 'jobs.batch';

/** Makes a Job whenever the schedule says, and keeps only the last few. */
export class CronJobController implements Controller {
  readonly resource = 'cronjobs.batch';

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const object = this.ports.objects.get(this.resource, whereOf(key));
    if (!object || object.metadata.deletionTimestamp) return undefined;
    const cron = asCronJob(object);
    const now = this.ports.clock.now();
    if (!cron.spec.suspend) this.runIfDue(cron, now);
    this.trim(cron);
    this.writeStatus(cron);
    if (cron.spec.suspend) return undefined;
    const next = nextRun(cron.spec.schedule, now);
    return next === undefined ? undefined : next - now;
  }

  private runIfDue(cron: CronJob, now: number): void {
    const { schedule, concurrencyPolicy, startingDeadlineSeconds } = cron.spec;
    const last = Date.parse(
      cron.status?.lastScheduleTime ?? cron.metadata.creationTimestamp,
    );
    const due = nextRun(schedule, last);
    if (due === undefined || due > now) return;
    const at = latest(schedule, { due, now });
    if (
      startingDeadlineSeconds !== undefined &&
      at + startingDeadlineSeconds * 1000 < now
    ) {
      this.say(cron, 'Warning', {
        reason: 'MissSchedule',
        message: `Missed scheduled time to start a job: ${new Date(
          at,
        ).toUTCString()}`,
      });
      return;
    }
    const active = this.jobs(cron).filter(job => !isOver(job));
    if (active.length > 0 && concurrencyPolicy === 'Forbid') {
      this.say(cron, 'Normal', {
        reason: 'JobAlreadyActive',
        message:
          'Not starting job because prior execution is running and concurrency policy is Forbid',
      });
      return;
    }
    for (const { metadata } of concurrencyPolicy === 'Replace' ? active : [])
      this.remove(cron, metadata);
    this.run(cron, at);
  }

  private remove(
    cron: CronJob,
    job: { namespace?: string; name: string },
  ): void {
    this.ports.objects.delete(JOBS, job);
    this.say(cron, 'Normal', {
      reason: 'SuccessfulDelete',
      message: `Deleted job ${job.name}`,
    });
  }

  private say(
    cron: CronJob,
    type: 'Normal' | 'Warning',
    text: { reason: string; message: string },
  ): void {
    this.ports.events.record(cron, { type, ...text, component: COMPONENT });
  }

  private jobs(cron: CronJob): Job[] {
    return this.ports.objects
      .list(JOBS, cron.metadata.namespace)
      .filter(job => controllerOf(job)?.uid === cron.metadata.uid)
      .map(asJob)
      .sort((left, right) =>
        left.metadata.name.localeCompare(right.metadata.name),
      );
  }

  private run(cron: CronJob, at: number): void {
    const { namespace } = cron.metadata;
    const name = `${cron.metadata.name}-${Math.floor(at / 60_000)}`;
    if (!this.ports.objects.get(JOBS, { namespace, name })) {
      this.ports.objects.create(JOBS, {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {
          name,
          namespace,
          labels: cron.spec.jobTemplate.metadata?.labels,
          annotations: {
            ...cron.spec.jobTemplate.metadata?.annotations,
            'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(at),
          },
          ownerReferences: controlledBy(cron),
        },
        spec: structuredClone(cron.spec.jobTemplate.spec),
      });
      this.say(cron, 'Normal', {
        reason: 'SuccessfulCreate',
        message: `Created job ${name}`,
      });
    }
    this.ports.objects.modify(this.resource, cron.metadata, draft => {
      draft.status = { ...draft.status, lastScheduleTime: timestamp(at) };
    });
  }

  private trim(cron: CronJob): void {
    const over = this.jobs(cron).filter(isOver);
    const failed = over.filter(job =>
      job.status?.conditions?.some(({ type }) => type === 'Failed'),
    );
    const complete = over.filter(job => !failed.includes(job));
    const surplus = [
      ...complete.slice(
        0,
        Math.max(
          0,
          complete.length - (cron.spec.successfulJobsHistoryLimit ?? 3),
        ),
      ),
      ...failed.slice(
        0,
        Math.max(0, failed.length - (cron.spec.failedJobsHistoryLimit ?? 1)),
      ),
    ];
    for (const { metadata } of surplus) this.remove(cron, metadata);
  }

  private writeStatus(cron: CronJob): void {
    const jobs = this.jobs(cron);
    const active = jobs.filter(job => !isOver(job));
    const succeeded = jobs
      .flatMap(({ status }) => status?.completionTime ?? [])
      .sort()
      .at(-1);
    this.ports.objects.modify(this.resource, cron.metadata, draft => {
      const { active: _active, ...rest } = asCronJob(draft).status ?? {};
      draft.status = {
        ...rest,
        ...(active.length
          ? {
              active: active.map(({ metadata }) => ({
                kind: 'Job',
                namespace: metadata.namespace,
                name: metadata.name,
                uid: metadata.uid,
                apiVersion: 'batch/v1',
              })),
            }
          : {}),
        ...(succeeded ? { lastSuccessfulTime: succeeded } : {}),
      };
    });
  }
}

/** The last of the missed runs: earlier ones are not made up for. */
function latest(
  schedule: string,
  { due, now }: { due: number; now: number },
): number {
  let at = due;
  for (let count = 0; count < 1_000; count += 1) {
    const next = nextRun(schedule, at);
    if (next === undefined || next > now) return at;
    at = next;
  }
  return at;
}
