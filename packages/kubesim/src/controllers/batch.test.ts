// SPDX-License-Identifier: Apache-2.0
import { oneWorkload, simulate } from './testing/simulate';

const WEB = { namespace: 'shop', name: 'web' };
const JOBS = 'jobs.batch';
const CRONS = 'cronjobs.batch';

function job(spec: Record<string, unknown>, seconds = 20) {
  const sim = simulate(oneWorkload(`runSeconds: ${seconds}`, 'Job'));
  const where = { namespace: 'shop', name: 'other' };
  sim.objects.create(JOBS, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: where,
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'main', image: 'web:1' }],
        },
      },
      ...spec,
    },
  });
  const own = () => sim.objects.get(JOBS, where);
  const status = () => own()?.status;
  const running = () =>
    sim
      .pods()
      .filter(
        ({ metadata, status: pod }) =>
          metadata.labels?.['job-name'] === 'other' &&
          pod?.phase !== 'Succeeded' &&
          !metadata.deletionTimestamp,
      );
  const condition = (type: string) => sim.condition(JOBS, 'other', type);
  return { ...sim, where, own, status, running, condition };
}

describe('a Job', () => {
  it('runs so many pods at a time until enough have succeeded', () => {
    const sim = job({ completions: 5, parallelism: 2 });
    let most = 0;
    for (let step = 0; step < 120; step += 1) {
      sim.clock.advance(1_000);
      most = Math.max(most, sim.running().length);
    }
    expect(most).toBe(2);
    expect(sim.status()).toMatchObject({ succeeded: 5 });
    expect(sim.condition('Complete')?.reason).toBe('CompletionsReached');
    expect(sim.condition('SuccessCriteriaMet')?.status).toBe('True');
  });

  it('gives each pod its part when it is indexed', () => {
    const sim = job({
      completions: 3,
      parallelism: 3,
      completionMode: 'Indexed',
    });
    sim.clock.advance(1_000);
    expect(
      sim
        .running()
        .map(
          ({ metadata }) =>
            metadata.annotations?.['batch.kubernetes.io/job-completion-index'],
        )
        .sort(),
    ).toEqual(['0', '1', '2']);
    sim.clock.advance(60_000);
    expect(sim.status()?.completedIndexes).toBe('0-2');
  });

  it('fails when it runs longer than its deadline, and its pods go', () => {
    const sim = job({ activeDeadlineSeconds: 8 });
    sim.clock.advance(12_000);
    expect(sim.condition('Failed')).toMatchObject({
      reason: 'DeadlineExceeded',
      message: 'Job was active longer than specified deadline',
    });
    expect(sim.running()).toHaveLength(0);
  });

  it('goes when its time to live after the end is over', () => {
    const sim = job({ ttlSecondsAfterFinished: 60 });
    sim.clock.advance(40_000);
    expect(sim.condition('Complete')?.status).toBe('True');
    sim.clock.advance(60_000);
    expect(sim.own()).toBeUndefined();
    expect(sim.running()).toHaveLength(0);
  });

  it('sleeps while suspended, without pods, and starts its time anew', () => {
    const sim = job({ suspend: true });
    sim.clock.advance(30_000);
    expect(sim.running()).toHaveLength(0);
    expect(sim.condition('Suspended')?.status).toBe('True');
    expect(sim.status()?.startTime).toBeUndefined();
    sim.objects.modify(JOBS, sim.where, draft => {
      draft.spec = { ...draft.spec, suspend: false };
    });
    sim.clock.advance(5_000);
    expect(sim.running()).toHaveLength(1);
    expect(sim.condition('Suspended')).toMatchObject({ reason: 'JobResumed' });
    sim.objects.modify(JOBS, sim.where, draft => {
      draft.spec = { ...draft.spec, suspend: true };
    });
    sim.clock.advance(10_000);
    expect(sim.running()).toHaveLength(0);
    expect(sim.status()?.failed).toBeUndefined();
  });
});

describe('a CronJob', () => {
  const cron = (spec: Record<string, unknown>) => {
    const sim = simulate(
      oneWorkload('schedule: "*/1 * * * *", runSeconds: 100', 'CronJob'),
    );
    sim.objects.modify(CRONS, WEB, draft => {
      draft.spec = { ...draft.spec, ...spec };
    });
    const active = () => {
      const list = sim.status(CRONS, 'web')?.active;
      return Array.isArray(list) ? list.length : 0;
    };
    const jobs = () => sim.objects.list(JOBS, 'shop');
    return { ...sim, active, jobs };
  };

  it('runs beside its last run, unless its policy forbids', () => {
    const allowed = cron({});
    allowed.clock.advance(300_000);
    expect(allowed.active()).toBe(2);
    const forbidden = cron({ concurrencyPolicy: 'Forbid' });
    forbidden.clock.advance(600_000);
    expect(forbidden.active()).toBeLessThanOrEqual(1);
    expect(forbidden.events().map(({ reason }) => reason)).toContain(
      'JobAlreadyActive',
    );
  });

  it('takes the place of its last run when its policy says so', () => {
    const sim = cron({ concurrencyPolicy: 'Replace' });
    sim.clock.advance(600_000);
    expect(sim.active()).toBe(1);
    const ended = sim.jobs().filter(({ status }) => status?.succeeded === 1);
    expect(ended.length).toBeLessThanOrEqual(3);
  });

  it('rests while suspended, and keeps as many ended jobs as it says', () => {
    const sim = cron({ successfulJobsHistoryLimit: 1 });
    sim.clock.advance(600_000);
    expect(
      sim.jobs().filter(({ status }) => status?.succeeded === 1),
    ).toHaveLength(1);
    sim.objects.modify(CRONS, WEB, draft => {
      draft.spec = { ...draft.spec, suspend: true };
    });
    sim.clock.advance(200_000);
    const count = sim.jobs().length;
    sim.clock.advance(600_000);
    expect(sim.jobs()).toHaveLength(count);
    expect(sim.active()).toBe(0);
  });
});
