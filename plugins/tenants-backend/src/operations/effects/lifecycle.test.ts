// SPDX-License-Identifier: Apache-2.0
import type { KubeObject } from '@tenantry/kubesim';
import { EffectsBench } from './__testUtils__/EffectsBench';
import { plannedEnvironment } from './testing/plannedEnvironment';

let bench: EffectsBench;

beforeEach(async () => {
  bench = await EffectsBench.start('eu');
  await bench.apply([plannedEnvironment([{ name: 'db' }, { name: 'web' }])]);
});
afterEach(() => bench.stop());

const objects = () => bench.cluster().sim.objects;
const inShop = (name: string) => ({ namespace: 'shop-dev', name });
const deployment = (name: string) =>
  objects().get('deployments.apps', inShop(name));
const namesOf = (found: readonly KubeObject[]) =>
  found.map(({ metadata }) => metadata.name);

/** A workload in the environment’s namespace that no module has. */
function create(kind: string, name: string, spec: object): void {
  const isCron = kind === 'CronJob';
  const template = {
    metadata: { labels: { app: name } },
    spec: {
      containers: [{ name: 'main', image: 'x:1' }],
      restartPolicy: isCron ? 'Never' : 'Always',
    },
  };
  const resource = isCron ? 'cronjobs.batch' : `${kind.toLowerCase()}s.apps`;
  objects().create(resource, {
    apiVersion: isCron ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: inShop(name),
    spec: isCron
      ? { schedule: '0 3 * * *', jobTemplate: { spec: { template } }, ...spec }
      : { selector: { matchLabels: { app: name } }, template, ...spec },
  });
}

function claim(name: string): void {
  objects().create('persistentvolumeclaims', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: inShop(name),
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  });
}

const everything = async (change = {}) => {
  const previous = await bench.record();
  return plannedEnvironment(
    [{ name: 'db' }, { name: 'web' }],
    change,
    previous,
  );
};

describe('delete', () => {
  const retain = async () =>
    bench.run({ type: 'delete' }, [await everything({ state: 'retained' })]);

  it('removes what was rendered and keeps namespace, volume claims and secrets', async () => {
    claim('data');
    const { errors } = await retain();
    expect(errors).toEqual([]);
    expect(namesOf(objects().list('deployments.apps', 'shop-dev'))).toEqual([]);
    expect(namesOf(objects().list('services', 'shop-dev'))).toEqual([]);
    expect(
      namesOf(objects().list('persistentvolumeclaims', 'shop-dev')),
    ).toEqual(['data']);
    expect(
      objects().get('namespaces', { name: 'shop-dev' })?.metadata
        .deletionTimestamp,
    ).toBeUndefined();
    expect(await bench.record()).toMatchObject({
      state: 'retained',
      revision: 1,
    });
  });

  it('can be brought back as it was', async () => {
    await retain();
    const { errors } = await bench.apply([await everything()]);
    expect(errors).toEqual([]);
    expect(namesOf(objects().list('deployments.apps', 'shop-dev'))).toEqual([
      'db',
      'web',
    ]);
    expect(await bench.record()).toMatchObject({
      state: 'active',
      revision: 2,
    });
  });

  it('keeps the claims of a StatefulSet that says they go with it', async () => {
    const planned = await everything();
    const [first] = planned.objects.filter(
      ({ manifest }) => manifest.kind === 'Deployment',
    );
    const manifest = {
      ...first?.manifest,
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { ...first?.manifest.metadata, name: 'store' },
      spec: {
        ...Object(first?.manifest.spec),
        serviceName: 'store',
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: 'Delete',
          whenScaled: 'Retain',
        },
      },
    };
    const withSet = {
      ...planned,
      objects: [...planned.objects, { manifest, module: 'store', wave: 0 }],
    };
    await bench.apply([withSet]);
    const policies: unknown[] = [];
    objects().onChange(({ resource, object }) => {
      if (resource === 'statefulsets.apps')
        policies.push(
          Object(object.spec?.persistentVolumeClaimRetentionPolicy).whenDeleted,
        );
    });
    await retain();
    expect(policies.at(-1)).toBe('Retain');
    expect(namesOf(objects().list('statefulsets.apps', 'shop-dev'))).toEqual(
      [],
    );
  });
});

describe('purge', () => {
  it('needs the tenant’s name once more', async () => {
    const run = bench.run({ type: 'purge', confirm: 'shap' }, []);
    await expect(run).rejects.toThrow('give the tenant’s name "shop"');
    expect(objects().get('namespaces', { name: 'shop-dev' })).toBeDefined();
  });

  it('names the volumes, deletes the namespace and forgets the environment', async () => {
    claim('data');
    const { errors, log } = await bench.run(
      { type: 'purge', confirm: 'shop' },
      [],
    );
    expect(errors).toEqual([]);
    expect(log).toEqual([expect.stringContaining('shop-dev/data')]);
    expect(objects().get('namespaces', { name: 'shop-dev' })).toBeUndefined();
    await expect(bench.record()).rejects.toThrow('no record');
  });

  it('waits while something holds the namespace, and says what', async () => {
    objects().modify('deployments.apps', inShop('web'), draft => {
      draft.metadata.finalizers = ['example.com/hold'];
    });
    const { waited } = await bench.run({ type: 'purge', confirm: 'shop' }, [], {
      onWait: async () => false,
    });
    expect(waited).toEqual([
      expect.stringContaining('Namespace "shop-dev" is still being deleted'),
    ]);
    expect(waited[0]).toContain('example.com/hold');
    expect(await bench.record()).toBeDefined();
  });

  it('gives up on a namespace that does not go, says what holds it, and can be tried again', async () => {
    const hold = (finalizers: string[]) =>
      objects().modify('deployments.apps', inShop('web'), draft => {
        draft.metadata.finalizers = finalizers;
      });
    hold(['example.com/hold']);
    const purge = { type: 'purge' as const, confirm: 'shop' };
    const { errors, waited } = await bench.run(purge, []);
    expect(errors).toEqual([
      {
        reason: 'Terminating',
        message: expect.stringMatching(
          /^Namespace "shop-dev" is still there after 30 minutes: .*example\.com\/hold.* then try again\.$/,
        ),
        retryable: false,
      },
    ]);
    expect(waited.every(message => message.includes('example.com/hold'))).toBe(
      true,
    );
    expect(await bench.record()).toBeDefined();
    hold([]);
    expect((await bench.run(purge, [])).errors).toEqual([]);
    expect(objects().get('namespaces', { name: 'shop-dev' })).toBeUndefined();
  });

  it('leaves a namespace alone that is labelled as another tenant’s by now', async () => {
    objects().modify('namespaces', { name: 'shop-dev' }, draft => {
      draft.metadata.labels = { 'tenantry.dev/tenant': 'bank' };
    });
    const { errors } = await bench.run({ type: 'purge', confirm: 'shop' }, []);
    expect(errors).toMatchObject([{ reason: 'NotOurs' }]);
    expect(
      objects().get('namespaces', { name: 'shop-dev' })?.metadata
        .deletionTimestamp,
    ).toBeUndefined();
  });
});

describe('restart', () => {
  const restart = (workload: string, id?: string) =>
    bench.run(
      { type: 'restart', environment: 'dev', workload },
      [],
      id ? { id } : {},
    );
  const templateOf = (name: string) =>
    Object(deployment(name)?.spec?.template).metadata;

  it('changes the pods’ template once per operation', async () => {
    await restart('Deployment/web', 'op-r');
    expect(templateOf('web').annotations).toEqual({
      'tenantry.dev/restarted-by': 'op-r',
    });
    const generation = deployment('web')?.metadata.generation;
    await restart('Deployment/web', 'op-r');
    expect(deployment('web')?.metadata.generation).toBe(generation);
  });

  it('survives the next apply, which finds nothing to do', async () => {
    await restart('Deployment/web', 'op-r');
    const { steps } = await bench.apply([await everything()]);
    expect(steps).toEqual(['compare/eu/dev']);
    expect(templateOf('web').annotations).toEqual({
      'tenantry.dev/restarted-by': 'op-r',
    });
  });

  it('says that there is no such workload, or that it can’t be restarted', async () => {
    await expect(restart('Deployment/none')).rejects.toThrow(
      'There is no Deployment "none"',
    );
    await expect(restart('Job/web')).rejects.toThrow('A Job can’t be');
  });

  it('is refused in an environment that Tenantry does not manage', async () => {
    const run = bench.run(
      { type: 'restart', environment: 'prod', workload: 'Deployment/web' },
      [],
    );
    await expect(run).rejects.toThrow('Adopt its namespaces first');
  });
});

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

describe('members', () => {
  const members = async (roles: readonly ('admin' | 'view')[]) => {
    const planned = await everything();
    const list = roles.map((role, at) => ({
      subject: `user:default/u${at}`,
      role,
    }));
    return {
      ...planned,
      record: {
        ...planned.record,
        spec: { ...planned.record.spec, members: list },
      },
    };
  };

  it('the last admin can’t be removed', async () => {
    await bench.run({ type: 'members' }, [await members(['admin', 'view'])]);
    const run = bench.run({ type: 'members' }, [await members(['view'])]);
    await expect(run).rejects.toThrow('The last admin of environment "dev"');
    expect((await bench.record()).spec.members).toHaveLength(2);
  });
});

describe('a plan', () => {
  it('that is refused is not begun', async () => {
    bench.planner.refusal = 'The tier "gold" is not there.';
    await expect(bench.run({ type: 'delete' }, [])).rejects.toThrow(
      'The tier "gold" is not there.',
    );
  });

  it('that is not the one that was looked at is not begun', async () => {
    const run = bench.run({ type: 'delete', planVersion: 'p0' }, []);
    await expect(run).rejects.toThrow('Another plan would be made now');
  });
});
