// SPDX-License-Identifier: Apache-2.0
import type { ChangeSetEntry } from '@tenantry/backstage-plugin-tenants-common';
import { EffectsBench } from './__testUtils__/EffectsBench';
import { THREE, namesOf, shopOn } from './__testUtils__/shopOn';
import { plannedEnvironment } from './testing/plannedEnvironment';

let bench: EffectsBench;
const { deployments, objects } = shopOn(() => bench);

beforeEach(async () => {
  bench = await EffectsBench.start('eu', 'us');
});
afterEach(() => bench.stop());

function counts(changes: readonly ChangeSetEntry[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const { action } of changes) {
    counted[action] = (counted[action] ?? 0) + 1;
  }
  return counted;
}

describe('a new environment', () => {
  it('gets its namespace, its modules in waves and its record', async () => {
    const result = await bench.apply([plannedEnvironment(THREE)]);
    expect(result.errors).toEqual([]);
    expect(result.steps).toEqual([
      'compare/eu/dev',
      'claim/eu/dev',
      'apply/eu/dev/-1.0',
      'apply/eu/dev/0.0',
      'wait/eu/dev/0',
      'apply/eu/dev/1.0',
      'wait/eu/dev/1',
      'apply/eu/dev/2.0',
      'wait/eu/dev/2',
      'prune/eu/dev',
      'record/eu/dev',
    ]);
    expect(counts(result.changes)).toEqual({ created: 11 });
    expect(deployments()).toEqual(['api', 'db', 'web']);
    expect(await bench.record()).toMatchObject({ revision: 1, fence: 1 });
    expect(bench.revisions).toMatchObject([
      { tenant: 'shop', environment: 'dev', revision: 1, operation: 'op-1' },
    ]);
  });

  it('names the operation on what it made', async () => {
    await bench.apply([plannedEnvironment(THREE)]);
    const [made] = objects().list('services', 'shop-dev');
    expect(made?.metadata.annotations).toEqual({
      'tenantry.dev/operation': 'op-1',
    });
  });

  it('has the secrets it needs, once', async () => {
    const generatedSecrets = [
      { name: 'db.password', keys: ['value', 'password'], module: 'db' },
    ];
    const planned = { ...plannedEnvironment(THREE), generatedSecrets };
    await bench.apply([planned]);
    const [secret] = objects().list('secrets', 'shop-dev');
    const value = Buffer.from('generated-value').toString('base64');
    expect(secret).toMatchObject({ data: { value, password: value } });
    const again = await bench.apply([
      { ...planned, previous: await bench.record() },
    ]);
    expect(counts(again.changes)).toEqual({ unchanged: 11 });
  });

  it('is refused a namespace that was there before, and an object that somebody made', async () => {
    objects().create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop-dev' },
    });
    const { errors } = await bench.apply([plannedEnvironment(THREE)]);
    expect(errors).toMatchObject([
      { reason: 'ObjectRefused', message: expect.stringContaining('Adopt it') },
    ]);
    expect(deployments()).toEqual([]);
  });
});

describe('an environment that is as it shall be', () => {
  it('costs at most one list per kind and no write', async () => {
    await bench.apply([plannedEnvironment(THREE)]);
    const previous = await bench.record();
    const { requests } = bench.cluster().sim;
    requests.reset();
    const result = await bench.apply([plannedEnvironment(THREE, {}, previous)]);
    expect(counts(result.changes)).toEqual({ unchanged: 11 });
    expect(result.steps).toEqual(['compare/eu/dev']);
    expect(requests.counts()).toEqual({
      'list configmaps': 1,
      'list deployments.apps': 1,
      'list namespaces': 1,
      'list resourcequotas': 1,
      'list services': 1,
    });
  });
});

describe('an upgrade', () => {
  beforeEach(() => bench.apply([plannedEnvironment(THREE)]));

  const upgraded = async () =>
    plannedEnvironment(
      [{ name: 'db' }, { name: 'api', wave: 1, image: 'app:2' }],
      {},
      await bench.record(),
    );

  it('applies what differs, and removes what is no longer there', async () => {
    const result = await bench.apply([await upgraded()]);
    expect(counts(result.changes)).toEqual({
      configured: 2,
      unchanged: 6,
      deleted: 3,
    });
    expect(deployments()).toEqual(['api', 'db']);
    expect(await bench.record()).toMatchObject({
      revision: 2,
      releases: { api: { version: '2' } },
    });
  });

  it('replaces what has fields that can’t change, and says so', async () => {
    const planned = await upgraded();
    const changed = planned.objects.map(object => {
      const { kind, metadata } = object.manifest;
      if (kind !== 'Deployment' || metadata.name !== 'api') return object;
      const text = JSON.stringify(object.manifest);
      const manifest = JSON.parse(
        text.replaceAll('"app":"api"', '"app":"other"'),
      );
      return { ...object, manifest };
    });
    const where = { namespace: 'shop-dev', name: 'api' };
    const uid = () => objects().get('deployments.apps', where)?.metadata.uid;
    const before = uid();
    const { errors, log } = await bench.apply([
      { ...planned, objects: changed },
    ]);
    expect(errors).toEqual([]);
    expect(uid()).not.toBe(before);
    expect(log).toEqual([
      expect.stringContaining('Deployment api is replaced'),
    ]);
  });

  it('keeps what it did not make, and volume claims and secrets whoever made them', async () => {
    const labels = {
      'applyset.kubernetes.io/part-of': (await bench.record()).applySetId,
    };
    const of = (name: string) => ({ name, namespace: 'shop-dev' });
    objects().create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: of('theirs'),
    });
    objects().create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...of('forged'), labels },
    });
    objects().create('persistentvolumeclaims', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { ...of('data'), labels },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    });
    await bench.apply([await upgraded()]);
    const left = namesOf(objects().list('configmaps', 'shop-dev'));
    expect(left).toEqual(
      expect.arrayContaining(['theirs', 'forged', 'api', 'db']),
    );
    expect(left).not.toContain('web');
    expect(
      namesOf(objects().list('persistentvolumeclaims', 'shop-dev')),
    ).toEqual(['data']);
  });

  it('names who manages a field that is in the way, and changes nothing of it', async () => {
    const api = bench.cluster().api;
    const { signal } = new AbortController();
    await api.mergePatch(
      {
        group: 'apps',
        version: 'v1',
        resource: 'deployments',
        kind: 'Deployment',
        namespaced: true,
      },
      {
        namespace: 'shop-dev',
        name: 'api',
        patch: { spec: { replicas: 4 } },
        fieldManager: 'kubectl-scale',
        project: () => undefined,
        signal,
      },
    );
    const { errors, changes } = await bench.apply([await upgraded()]);
    expect(errors).toMatchObject([
      {
        reason: 'ObjectRefused',
        retryable: false,
        message: expect.stringMatching(
          /Deployment "api" in namespace "shop-dev" .*"kubectl-scale" manages \.spec\.replicas/,
        ),
      },
    ]);
    expect(counts(changes)).toMatchObject({ failed: 1 });
    expect(
      objects().get('deployments.apps', { namespace: 'shop-dev', name: 'api' })
        ?.spec,
    ).toMatchObject({ replicas: 4 });
    expect(await bench.record()).toMatchObject({ revision: 1 });
  });

  it('takes the replicas over that the record says', async () => {
    const api = bench.cluster().api;
    const { signal } = new AbortController();
    await api.mergePatch(
      {
        group: 'apps',
        version: 'v1',
        resource: 'deployments',
        kind: 'Deployment',
        namespaced: true,
      },
      {
        namespace: 'shop-dev',
        name: 'api',
        patch: { spec: { replicas: 4 } },
        fieldManager: 'kubectl-scale',
        project: () => undefined,
        signal,
      },
    );
    const planned = await upgraded();
    const spec = {
      ...planned.record.spec,
      overrides: { 'Deployment/api': { replicas: 1 } },
    };
    const { errors } = await bench.apply([
      { ...planned, record: { ...planned.record, spec } },
    ]);
    expect(errors).toEqual([]);
    expect(
      objects().get('deployments.apps', { namespace: 'shop-dev', name: 'api' })
        ?.spec,
    ).toMatchObject({ replicas: 1 });
  });

  it('fails with the cause when a wave does not become healthy, and leaves later waves alone', async () => {
    bench.health.set('Deployment/db', {
      code: 'Degraded',
      reason: 'CrashLoopBackOff',
      message: 'Container main keeps crashing.',
      since: '2026-01-01T00:00:00.000Z',
    });
    const planned = plannedEnvironment(
      [
        { name: 'db', image: 'app:2' },
        { name: 'api', wave: 1, image: 'app:2' },
      ],
      {},
      await bench.record(),
    );
    const { errors, waited } = await bench.apply([planned]);
    expect(errors).toMatchObject([
      {
        reason: 'NotHealthy',
        message: expect.stringContaining('Container main keeps crashing.'),
      },
    ]);
    expect(waited[0]).toContain('Container main keeps crashing.');
    const web = objects().get('deployments.apps', {
      namespace: 'shop-dev',
      name: 'web',
    });
    expect(web).toBeDefined();
    const [api] = objects()
      .list('configmaps', 'shop-dev')
      .filter(each => each.metadata.name === 'api');
    expect(api).toMatchObject({ data: { image: 'app:1' } });
  });

  it('says what it waited for when time is up', async () => {
    bench.health.set('Deployment/api', {
      code: 'Progressing',
      reason: 'RollingOut',
      message: '0 of 1 replicas are new.',
    });
    const { errors } = await bench.apply([await upgraded()]);
    expect(errors[0]?.message).toBe(
      'It did not become healthy within 10 minutes: Deployment "api" in namespace "shop-dev": 0 of 1 replicas are new.',
    );
  });

  it('stops after the object it is at when it is cancelled, and keeps the record as it was', async () => {
    let isCancelling = false;
    const planned = await upgraded();
    await bench.apply([planned], {
      isCancelling: () => isCancelling,
      beforeStep: step => {
        isCancelling = step.key === 'apply/eu/dev/1.0';
      },
    });
    expect(await bench.record()).toMatchObject({ revision: 1 });
    expect(deployments()).toEqual(['api', 'db', 'web']);
  });
});
