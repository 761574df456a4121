// SPDX-License-Identifier: Apache-2.0
import { EffectsBench } from './__testUtils__/EffectsBench';
import { shopOn } from './__testUtils__/shopOn';
import { plannedEnvironment } from './testing/plannedEnvironment';

let bench: EffectsBench;
const { create, deployment, everything, inShop, objects, start } = shopOn(
  () => bench,
);

beforeEach(async () => {
  bench = await EffectsBench.start('eu');
  await start();
});
afterEach(() => bench.stop());

describe('sleep and wake', () => {
  const asleep = async (isAsleep: boolean) => {
    const planned = await everything();
    const spec = { ...planned.record.spec, asleep: isAsleep };
    const replicas = isAsleep ? 0 : 1;
    const { previous } = planned;
    const all = plannedEnvironment(
      [
        { name: 'db', replicas },
        { name: 'web', replicas },
      ],
      { spec },
      previous,
    );
    return bench.run({ type: isAsleep ? 'sleep' : 'wake' }, [all]);
  };

  beforeEach(() => {
    create('Deployment', 'theirs', { replicas: 3 });
    create('CronJob', 'nightly', { suspend: false });
    create('CronJob', 'paused', { suspend: true });
    create('DaemonSet', 'agent', {});
  });

  it('puts everything to sleep and brings everything back', async () => {
    const { changes } = await asleep(true);
    expect(
      ['db', 'web', 'theirs'].map(name => deployment(name)?.spec?.replicas),
    ).toEqual([0, 0, 0]);
    expect(
      objects().get('cronjobs.batch', inShop('nightly'))?.spec,
    ).toMatchObject({ suspend: true });
    expect(changes).toContainEqual(
      expect.objectContaining({
        action: 'skipped',
        kind: 'DaemonSet',
        name: 'agent',
      }),
    );
    expect(deployment('theirs')?.metadata.annotations).toEqual({
      'tenantry.dev/replicas-before-sleep': '3',
    });

    await asleep(false);
    expect(
      ['db', 'web', 'theirs'].map(name => deployment(name)?.spec?.replicas),
    ).toEqual([1, 1, 3]);
    expect(
      objects().get('cronjobs.batch', inShop('nightly'))?.spec,
    ).toMatchObject({ suspend: false });
    expect(
      objects().get('cronjobs.batch', inShop('paused'))?.spec,
    ).toMatchObject({ suspend: true });
    expect(deployment('theirs')?.metadata.annotations ?? {}).toEqual({});
  });

  it('goes on where the cluster is too old for CronJobs', async () => {
    const fault = bench.cluster().sim.faults.arm({
      kind: 'httpStatus',
      status: 404,
      times: 1_000,
      match: { verb: 'list', resource: 'cronjobs.batch' },
    });
    const { errors } = await asleep(true);
    expect(fault.injected).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    expect(deployment('theirs')?.spec?.replicas).toBe(0);
  });

  it('never forgets how many there were, however often it is asked', async () => {
    await asleep(true);
    objects().modify('deployments.apps', inShop('theirs'), draft => {
      draft.spec = { ...draft.spec, replicas: 1 };
    });
    await asleep(true);
    expect(deployment('theirs')?.metadata.annotations).toEqual({
      'tenantry.dev/replicas-before-sleep': '3',
    });
    await asleep(false);
    expect(deployment('theirs')?.spec).toMatchObject({ replicas: 3 });
  });

  it('takes no nonsense for a number of replicas', async () => {
    await asleep(true);
    objects().modify('deployments.apps', inShop('theirs'), draft => {
      draft.metadata.annotations = {
        'tenantry.dev/replicas-before-sleep': '1e9',
      };
    });
    await asleep(false);
    expect(deployment('theirs')?.spec).toMatchObject({ replicas: 0 });
  });
});

describe('scale', () => {
  it('goes through the spec where the manifest has replicas', async () => {
    const { previous, record } = await everything();
    const spec = {
      ...record.spec,
      overrides: { 'Deployment/web': { replicas: 4 } },
    };
    const planned = plannedEnvironment(
      [{ name: 'db' }, { name: 'web', replicas: 4 }],
      { spec },
      previous,
    );
    const request = {
      type: 'scale' as const,
      environment: 'dev',
      workload: 'Deployment/web',
      replicas: 4,
    };
    const { errors, steps } = await bench.run(request, [planned]);
    expect(errors).toEqual([]);
    expect(steps).not.toContain('scale/eu/dev');
    expect(deployment('web')?.spec).toMatchObject({ replicas: 4 });
    expect((await bench.record()).spec.overrides).toEqual(spec.overrides);
  });

  it('is done directly where no manifest has', async () => {
    create('Deployment', 'theirs', { replicas: 3 });
    const request = {
      type: 'scale' as const,
      environment: 'dev',
      workload: 'Deployment/theirs',
      replicas: 5,
    };
    await bench.run(request, []);
    expect(deployment('theirs')?.spec).toMatchObject({ replicas: 5 });
  });
});
