// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  operationSchema,
  planSchema,
  tenantSchema,
  type Operation,
  type OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Kubesim } from '@tenantry/kubesim';
import { PortalOnSimulator } from './__testUtils__/PortalOnSimulator';

jest.setTimeout(120_000);

const RBAC = 'rbac.authorization.k8s.io';

let portal: PortalOnSimulator;
let sim: Kubesim;

beforeAll(async () => {
  portal = await PortalOnSimulator.start();
  ({ sim } = portal);
});
afterAll(() => portal.stop());

const call = (path: string, body?: unknown) => portal.call(path, body);
const aChange = () => portal.aChange();
const operate = (request: OperationRequestInput) => portal.operate(request);

async function succeed(request: OperationRequestInput): Promise<Operation> {
  const operation = await operate(request);
  expect([operation.error, operation.state]).toEqual([undefined, 'succeeded']);
  return operation;
}

/** Whether the portal has seen that nothing is left in the environment. */
async function isQuiet(): Promise<boolean> {
  const { environments } = tenantSchema.parse(await call('/v1/tenants/shop'));
  return environments.every(
    ({ state, quota }) => state !== 'Active' && quota.length === 0,
  );
}

const environment = (
  modules: readonly { name: string; version?: string }[],
) => ({
  name: 'dev',
  cluster: 'eu',
  tier: 'bronze',
  modules: [...modules],
  members: [
    { subject: 'group:default/team-a', role: 'admin' as const },
    { subject: 'user:default/ada', role: 'view' as const },
  ],
});
const apply = (...modules: { name: string; version?: string }[]) => ({
  type: 'apply' as const,
  owner: 'user:default/mock',
  environments: [environment(modules)],
});

const names = (resource: string) =>
  sim.objects.list(resource, 'shop-dev').map(({ metadata }) => metadata.name);
const deployment = (name: string) =>
  sim.objects.get('deployments.apps', { namespace: 'shop-dev', name });
const imageOf = (name: string): string =>
  Object(deployment(name)?.spec?.template).spec.containers[0].image;

describe('the life of a tenant', () => {
  it('is created with three modules that need each other, in order', async () => {
    await call('/v1/platform').catch(() => undefined);
    const operation = await succeed(apply({ name: 'web', version: '1.0.0' }));
    expect(names('deployments.apps')).toEqual(['api', 'db', 'web']);
    expect(operation.steps.map(step => step.title)).toEqual(
      expect.arrayContaining(['Wait until wave 1 of dev is healthy']),
    );
    expect(operation.result).toEqual({ revision: 1 });
    expect(names(`roles.${RBAC}`)).toEqual(['tenancy-self-service']);
    expect(names(`rolebindings.${RBAC}`)).toHaveLength(3);
    const tenant = await call('/v1/tenants/shop');
    expect(tenant).toMatchObject({ health: { code: 'Healthy' } });
  });

  it('is not touched by applying the same again', async () => {
    const versions = () =>
      JSON.stringify(
        [
          ...[
            'services',
            'deployments.apps',
            'resourcequotas',
            'networkpolicies.networking.k8s.io',
          ].flatMap(each => sim.objects.list(each, 'shop-dev')),
          ...sim.objects.list('configmaps', 'tenantry-system'),
        ].map(({ metadata }) => [metadata.name, metadata.resourceVersion]),
      );
    const before = versions();
    const request = apply({ name: 'web', version: '1.0.0' });
    const plan = planSchema.parse(
      await call('/v1/plan', { tenant: 'shop', request }),
    );
    expect(Object.keys(plan.environments[0]?.changes.counts ?? {})).toEqual([
      'unchanged',
    ]);
    sim.requests.reset();
    const operation = await succeed(apply({ name: 'web', version: '1.0.0' }));
    expect(versions()).toBe(before);
    const writes = Object.keys(sim.requests.counts()).filter(what =>
      /^(create|update|patch|delete) (?!.*reviews)/.test(what),
    );
    expect(writes).toEqual([]);
    expect(operation.changes?.counts).toMatchObject({
      unchanged: expect.any(Number),
    });
  });

  it('says why an upgrade does not work, and comes back by rolling back', async () => {
    const where = { namespace: 'shop-dev', name: 'web' };
    sim.life.setBehaviour('deployments.apps', where, { type: 'imageMissing' });
    const failing = apply({ name: 'web', version: '2.0.0' });
    const started = operationSchema.parse(
      await call('/v1/tenants/shop/operations', failing),
    );
    const read = async () =>
      operationSchema.parse(await call(`/v1/operations/${started.id}`));
    let operation = await read();
    const waits = ({ steps }: Operation) =>
      steps.some(step => /web.*(image|Image|pull)/.test(step.message ?? ''));
    while (!isFinalState(operation.state) && !waits(operation)) {
      await aChange();
      operation = await read();
    }
    expect(waits(operation)).toBe(true);
    await call(`/v1/operations/${started.id}/cancel`, {});
    while (!isFinalState(operation.state)) {
      await aChange();
      operation = await read();
    }
    expect(operation.state).toBe('cancelled');
    sim.life.setBehaviour('deployments.apps', where, { type: 'healthy' });
    expect(imageOf('web')).toContain(':2.0.0');
    await succeed({ type: 'rollback', environment: 'dev', revision: 1 });
    expect(imageOf('web')).toContain(':1.0.0');
  });

  it('is upgraded', async () => {
    const { result } = await succeed(apply({ name: 'web', version: '2.0.0' }));
    expect(imageOf('web')).toContain(':2.0.0');
    expect(result?.revision).toBeGreaterThan(1);
  });

  it('is scaled and restarted', async () => {
    const workload = 'Deployment/api';
    await succeed({ type: 'scale', environment: 'dev', workload, replicas: 3 });
    expect(deployment('api')?.status).toMatchObject({ readyReplicas: 3 });
    const { id } = await succeed({
      type: 'restart',
      environment: 'dev',
      workload,
    });
    const { annotations } = Object(deployment('api')?.spec?.template).metadata;
    expect(annotations).toMatchObject({ 'tenantry.dev/restarted-by': id });
  });

  it('sleeps and wakes', async () => {
    await succeed({ type: 'sleep' });
    expect(
      ['db', 'api', 'web'].map(name => deployment(name)?.spec?.replicas),
    ).toEqual([0, 0, 0]);
    await succeed({ type: 'wake' });
    expect(
      ['db', 'api', 'web'].map(name => deployment(name)?.spec?.replicas),
    ).toEqual([1, 3, 1]);
  });

  it('is not woken by autoscalers while it sleeps, and left to them when it wakes', async () => {
    const where = (name: string) => ({ namespace: 'shop-dev', name });
    const replicas = (name: string) => deployment(name)?.spec?.replicas;
    const spec = { ...deployment('web')?.spec, replicas: 3 };
    sim.objects.create('deployments.apps', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: where('theirs'),
      spec,
    });
    for (const name of ['web', 'theirs']) {
      sim.objects.create('horizontalpodautoscalers.autoscaling', {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: where(name),
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          // No more, however busy its pods are.
          minReplicas: 3,
          maxReplicas: 3,
        },
      });
    }
    /** What the autoscaler said last of whether it scales. */
    const isScaling = (name: string) => {
      const hpa = sim.objects.get(
        'horizontalpodautoscalers.autoscaling',
        where(name),
      );
      const conditions: { type: string; reason: string }[] =
        Object(hpa?.status).conditions ?? [];
      return conditions.find(({ type }) => type === 'ScalingActive')?.reason;
    };
    while (replicas('web') !== 3) await aChange();
    await succeed({ type: 'sleep' });
    // Both have looked at what sleeps, and let it sleep.
    while (
      isScaling('web') !== 'ScalingDisabled' ||
      isScaling('theirs') !== 'ScalingDisabled'
    ) {
      await aChange();
    }
    expect(['web', 'theirs'].map(replicas)).toEqual([0, 0]);
    await succeed({ type: 'wake' });
    expect(replicas('theirs')).toBe(3);
    while (replicas('web') !== 3) await aChange();
    // Nothing takes the number from the autoscaler by the next apply.
    await succeed(apply({ name: 'web', version: '2.0.0' }));
    expect(replicas('web')).toBe(3);
    for (const name of ['web', 'theirs']) {
      sim.objects.delete('horizontalpodautoscalers.autoscaling', where(name));
    }
    sim.objects.delete('deployments.apps', where('theirs'));
  });

  it('is deleted, brought back and purged', async () => {
    await succeed({ type: 'delete' });
    expect(names('deployments.apps')).toEqual([]);
    while (!(await isQuiet())) await aChange();
    expect(sim.objects.get('namespaces', { name: 'shop-dev' })).toBeDefined();
    await succeed(apply({ name: 'web', version: '2.0.0' }));
    expect(names('deployments.apps')).toEqual(['api', 'db', 'web']);
    await succeed({ type: 'purge', confirm: 'shop' });
    expect(sim.objects.get('namespaces', { name: 'shop-dev' })).toBeUndefined();
    expect(
      sim.objects
        .list('configmaps', 'tenantry-system')
        .map(({ metadata }) => metadata.name),
    ).not.toContain('tenantry-shop.dev');
  });
});

it('without the documented rights an operation says which are missing', async () => {
  sim.objects.delete(`clusterrolebindings.${RBAC}`, {
    name: 'tenantry-operate',
  });
  const refused = call('/v1/plan', {
    tenant: 'other',
    request: apply({ name: 'db' }),
  });
  expect(JSON.stringify(await refused)).toContain('docs/operator-role.yaml');
});
