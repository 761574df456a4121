// SPDX-License-Identifier: Apache-2.0
import { EffectsBench } from './__testUtils__/EffectsBench';
import { plannedEnvironment } from './testing/plannedEnvironment';

let bench: EffectsBench;

beforeEach(async () => {
  bench = await EffectsBench.start('eu');
});
afterEach(() => bench.stop());

const objects = () => bench.cluster().sim.objects;

/** A namespace that something else made. */
const foreign = (name: string, labels = {}) =>
  objects().create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  });

const labelsOf = (name: string) =>
  objects().get('namespaces', { name })?.metadata.labels;

const record = (namespaces: readonly string[]) => ({
  environment: 'old',
  namespaces: [...namespaces],
  revision: 0,
});

const adopt = (...namespaces: string[]) =>
  bench.run(
    {
      type: 'adopt',
      cluster: 'eu',
      namespaces,
      environment: 'old',
      tier: 'bronze',
    },
    [plannedEnvironment([], record(namespaces))],
  );

it('labels a namespace that is nobody’s, and records it', async () => {
  foreign('old-shop');
  const { errors } = await adopt('old-shop');
  expect(errors).toEqual([]);
  expect(labelsOf('old-shop')).toMatchObject({ 'tenantry.dev/tenant': 'shop' });
  expect(await bench.record('old')).toMatchObject({
    namespaces: ['old-shop'],
    revision: 1,
  });
});

it.each(['kube-system', 'default', 'tenantry-system'])(
  'refuses the namespace %s',
  async name => {
    await expect(adopt(name)).rejects.toThrow('of the cluster');
  },
);

it('refuses a namespace of another tenant', async () => {
  foreign('old-shop', { 'tenantry.dev/tenant': 'bank' });
  const { errors } = await adopt('old-shop');
  expect(errors).toMatchObject([{ reason: 'ObjectRefused' }]);
  expect(labelsOf('old-shop')).toEqual(
    expect.objectContaining({ 'tenantry.dev/tenant': 'bank' }),
  );
});

describe('several namespaces', () => {
  const both = ['old-app', 'old-jobs'];

  /** A Deployment that was there before anybody adopted anything. */
  const workload = (namespace: string, name: string, replicas: number) =>
    objects().create('deployments.apps', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace, name },
      spec: {
        replicas,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name: 'main', image: 'x:1' }] },
        },
      },
    });
  const replicasOf = (namespace: string, name: string) =>
    objects().get('deployments.apps', { namespace, name })?.spec?.replicas;

  beforeEach(() => {
    both.forEach(name => foreign(name));
    workload('old-app', 'web', 2);
    workload('old-jobs', 'cruncher', 3);
  });

  it('become one environment: each is labelled and gets a quota, and what runs there goes on', async () => {
    const { errors } = await adopt(...both);
    expect(errors).toEqual([]);
    for (const name of both) {
      expect(labelsOf(name)).toMatchObject({
        'tenantry.dev/tenant': 'shop',
        'tenantry.dev/environment': 'old',
      });
      expect(objects().list('resourcequotas', name)).toHaveLength(1);
    }
    expect((await bench.record('old')).namespaces).toEqual(both);
    expect(replicasOf('old-app', 'web')).toBe(2);
    expect(replicasOf('old-jobs', 'cruncher')).toBe(3);
  });

  it('one of another tenant’s is left alone, and nothing is put into the others', async () => {
    foreign('bank-prod', { 'tenantry.dev/tenant': 'bank' });
    workload('bank-prod', 'ledger', 4);
    const { errors } = await adopt(...both, 'bank-prod');
    expect(errors).toMatchObject([
      {
        reason: 'ObjectRefused',
        message: expect.stringContaining('Namespace "bank-prod"'),
      },
    ]);
    expect(labelsOf('bank-prod')).toEqual(
      expect.objectContaining({ 'tenantry.dev/tenant': 'bank' }),
    );
    for (const name of [...both, 'bank-prod']) {
      expect(objects().list('resourcequotas', name)).toEqual([]);
    }
    expect(replicasOf('bank-prod', 'ledger')).toBe(4);
  });

  it('sleep, wake and are scaled together, wherever the workload is', async () => {
    await adopt(...both);
    const asleep = async (isAsleep: boolean) => {
      const previous = await bench.record('old');
      const spec = { ...previous.spec, asleep: isAsleep };
      const planned = plannedEnvironment([], { ...previous, spec }, previous);
      return bench.run({ type: isAsleep ? 'sleep' : 'wake' }, [planned]);
    };
    await asleep(true);
    expect(replicasOf('old-app', 'web')).toBe(0);
    expect(replicasOf('old-jobs', 'cruncher')).toBe(0);
    await asleep(false);
    expect(replicasOf('old-app', 'web')).toBe(2);
    expect(replicasOf('old-jobs', 'cruncher')).toBe(3);
    const { errors } = await bench.run(
      {
        type: 'scale',
        environment: 'old',
        workload: 'Deployment/cruncher',
        replicas: 1,
      },
      [],
    );
    expect(errors).toEqual([]);
    expect(replicasOf('old-jobs', 'cruncher')).toBe(1);
  });

  it('are all deleted by a purge', async () => {
    await adopt(...both);
    const { errors } = await bench.run(
      { type: 'purge', confirm: 'shop', environments: ['old'] },
      [],
    );
    expect(errors).toEqual([]);
    expect(both.map(labelsOf)).toEqual([undefined, undefined]);
  });
});
