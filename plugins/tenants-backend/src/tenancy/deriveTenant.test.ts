// SPDX-License-Identifier: Apache-2.0
import {
  tenantRowSchema,
  tenantSchema,
} from '@tenantry/backstage-plugin-tenants-common';
import fc from 'fast-check';
import { healthChecks, type HealthChecks } from '../health';
import type { ClusterView } from '../informers/Lister';
import {
  containerObject,
  controlledBy,
  createFakeClusterView,
  cronJobObject,
  deploymentObject,
  eventObject,
  jobObject,
  namespaceObject,
  persistentVolumeClaimObject,
  podObject,
  replicaSetObject,
  resourceQuotaObject,
  roleBindingObject,
  serviceObject,
  type FakeObjects,
} from '../informers/testing';
import {
  deriveTenant,
  deriveTenantState,
  nextRederiveAt,
} from './deriveTenant';
import { tenancyPreset } from './presets';
import type { ClusterTrust } from './TenantGroup';
import { toTenantRow } from './toTenantRow';

const labels = tenancyPreset('tenantry');
const now = new Date('2026-01-01T12:00:00Z');

const tenantNamespace = (name: string, more: Record<string, string> = {}) =>
  namespaceObject({
    name,
    labels: {
      'tenantry.dev/tenant': 'shop',
      'tenantry.dev/environment': 'prod',
      'tenantry.dev/tier': 'bronze',
      ...more,
    },
    annotations: { 'tenantry.dev/owner': 'group:default/team-shop' },
  });

const namespace = tenantNamespace('shop');
const web = deploymentObject({
  name: 'web',
  replicas: 3,
  readyReplicas: 2,
  availableReplicas: 2,
  labels: { 'tenantry.dev/module': 'web', 'tenantry.dev/release': '1.2.0' },
});
const webSet = replicaSetObject({
  name: 'web-1',
  replicas: 3,
  controller: controlledBy(web),
});
const webPod = (name: string, more = {}) =>
  podObject({
    name,
    controller: controlledBy(webSet),
    labels: { app: 'web' },
    ...more,
  });
const crashing = webPod('web-1-c', {
  conditions: [
    { type: 'PodScheduled', status: 'True', reason: '', message: '' },
    {
      type: 'Ready',
      status: 'False',
      reason: 'ContainersNotReady',
      message: '',
      since: '2026-01-01T11:40:00Z',
    },
  ],
  containers: [
    containerObject({
      ready: false,
      state: 'waiting',
      reason: 'CrashLoopBackOff',
      restarts: 6,
      lastExit: { code: 137, reason: 'OOMKilled', at: '2026-01-01T11:58:00Z' },
    }),
  ],
});

const objects = {
  namespaces: [namespace],
  deployments: [web],
  replicasets: [webSet],
  pods: [webPod('web-1-b'), crashing, webPod('web-1-a')],
  services: [
    serviceObject({ name: 'web', labels: { 'tenantry.dev/module': 'web' } }),
  ],
  resourcequotas: [
    resourceQuotaObject({
      name: 'compute',
      hard: { 'requests.cpu': '4', 'requests.memory': '8Gi', pods: '20' },
      used: { 'requests.cpu': '300m', 'requests.memory': '384Mi', pods: '3' },
    }),
  ],
  rolebindings: [
    roleBindingObject({
      subjects: [
        { kind: 'User', name: 'guest' },
        { kind: 'Group', name: 'team-shop' },
        { kind: 'Group', name: 'system:masters' },
        { kind: 'ServiceAccount', name: 'robot' },
      ],
    }),
  ],
  events: [
    eventObject({
      name: 'e1',
      count: 3,
      lastSeen: '2026-01-01T11:50:00Z',
      firstSeen: '2026-01-01T11:40:00Z',
    }),
    eventObject({
      name: 'e2',
      count: 2,
      lastSeen: '2026-01-01T11:59:00Z',
      firstSeen: '2026-01-01T11:45:00Z',
    }),
    eventObject({
      name: 'e3',
      type: 'Normal',
      reason: 'Pulled',
      message: 'pulled',
      lastSeen: '2026-01-01T11:39:00Z',
      firstSeen: '2026-01-01T11:39:00Z',
    }),
  ],
} satisfies FakeObjects;

const cluster = (view: ClusterView, trust: ClusterTrust = 'authoritative') => ({
  view,
  trust,
  namespaces: [...view.listers.namespaces.list()],
});
const inputOf = (
  given: FakeObjects,
  more: Parameters<typeof createFakeClusterView>[0] = {},
) => ({
  name: 'shop',
  labels,
  clusters: [
    cluster(createFakeClusterView({ name: 'eu', objects: given, ...more })),
  ],
});

describe('deriveTenant', () => {
  it('answers a tenant and a row as the wire contract wants them', () => {
    const tenant = { ...deriveTenant(inputOf(objects), now), version: 'v1' };
    expect(tenantSchema.strict().parse(tenant)).toEqual(tenant);
    const row = toTenantRow(tenant);
    expect(tenantRowSchema.strict().parse(row)).toEqual(row);
    expect(row).toMatchObject({
      modules: ['web'],
      pods: { ready: 2, total: 3 },
      restarts: 6,
      cpu: { used: 0.3, hard: 4 },
      memory: { used: 384 * 1024 ** 2, hard: 8 * 1024 ** 3 },
    });
  });

  it('gives one cause for a broken workload and the service behind it, naming the pod', () => {
    const { causes, health } = deriveTenant(inputOf(objects), now);
    expect(causes).toEqual([
      {
        environment: 'prod',
        cluster: 'eu',
        namespace: 'shop',
        module: 'web',
        object: { kind: 'Deployment', name: 'web' },
        pod: 'web-1-c',
        container: 'main',
        code: 'Degraded',
        reason: 'CrashLoopBackOff',
        message:
          '2 of 3 pods ready: web-1-c is in CrashLoopBackOff, last exit 137 OOMKilled, 6 restarts in 12 h.',
        since: '2026-01-01T11:40:00Z',
        previousLog: true,
      },
    ]);
    expect(health).toMatchObject({
      code: 'Degraded',
      reason: 'CrashLoopBackOff',
      counts: { Degraded: 1 },
    });
  });

  it('knows owner, tier, shared labels and the members the catalogue can know', () => {
    expect(deriveTenant(inputOf(objects), now)).toMatchObject({
      owner: 'group:default/team-shop',
      tier: 'bronze',
      labels: { 'tenantry.dev/tenant': 'shop' },
      members: ['group:default/team-shop', 'user:default/guest'],
    });
  });

  it('names the release its workloads name', () => {
    const [environment] = deriveTenant(inputOf(objects), now).environments;
    expect(environment?.modules).toMatchObject([
      { name: 'web', release: '1.2.0' },
    ]);
  });

  it('gives equal bytes in whatever order the cache hands its objects out', () => {
    const expected = JSON.stringify(deriveTenant(inputOf(objects), now));
    const shuffled = fc.record({
      pods: fc.shuffledSubarray([...objects.pods], { minLength: 3 }),
      events: fc.shuffledSubarray([...objects.events], { minLength: 3 }),
    });
    fc.assert(
      fc.property(shuffled, order => {
        expect(
          JSON.stringify(deriveTenant(inputOf({ ...objects, ...order }), now)),
        ).toBe(expected);
      }),
    );
  });

  it('does not change while only time passes and no limit ends', () => {
    const later = new Date('2026-01-02T12:00:00Z');
    expect(deriveTenant(inputOf(objects), later)).toEqual(
      deriveTenant(inputOf(objects), now),
    );
  });

  it('says when to derive again because a limit ends, and derives something else then', () => {
    const pod = webPod('web-1-d', {
      createdAt: '2026-01-01T11:59:30Z',
      node: undefined,
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/3 nodes are available: 3 Insufficient cpu.',
          since: '2026-01-01T11:59:30Z',
        },
      ],
      containers: [],
    });
    const input = inputOf({
      ...objects,
      pods: [webPod('web-1-a'), webPod('web-1-b'), pod],
    });
    const { tenant, rederiveAt } = deriveTenantState(input, now);
    expect(tenant.health.code).toBe('Progressing');
    expect(rederiveAt).toEqual(new Date('2026-01-01T12:01:30Z'));
    const then = deriveTenantState(input, new Date('2026-01-01T12:01:30Z'));
    expect(then.tenant.health).toMatchObject({
      code: 'Degraded',
      reason: 'Unschedulable',
      message: expect.stringContaining('3 Insufficient cpu'),
    });
    expect(then.rederiveAt).toBeUndefined();
    expect(nextRederiveAt(inputOf(objects), now)).toBeUndefined();
  });

  it('shows the runs of a schedule inside it and not as workloads of their own', () => {
    const schedule = cronJobObject({ name: 'tick' });
    const run = jobObject({
      name: 'tick-1',
      controller: controlledBy(schedule),
      conditions: [
        { type: 'Complete', status: 'True', reason: '', message: '' },
      ],
    });
    const pod = podObject({
      name: 'tick-1-x',
      phase: 'Succeeded',
      controller: controlledBy(run),
    });
    const tenant = deriveTenant(
      inputOf({
        namespaces: [namespace],
        cronjobs: [schedule],
        jobs: [run],
        pods: [pod],
      }),
      now,
    );
    const workloads = tenant.environments[0]?.modules.flatMap(m => m.workloads);
    expect(workloads).toMatchObject([
      { kind: 'CronJob', name: 'tick', pods: [{ name: 'tick-1-x' }] },
    ]);
  });

  it('shows pods of a controller it does not know under that controller', () => {
    const controller = { kind: 'Rollout', name: 'web', uid: 'r1' };
    const set = replicaSetObject({ name: 'web-x', controller });
    const pod = podObject({
      name: 'web-x-1',
      controller: controlledBy(set),
      labels: { 'app.kubernetes.io/part-of': 'shopfront' },
    });
    const tenant = deriveTenant(
      inputOf({ namespaces: [namespace], replicasets: [set], pods: [pod] }),
      now,
    );
    expect(tenant.environments[0]?.modules).toMatchObject([
      {
        name: 'shopfront',
        workloads: [
          { kind: 'Rollout', name: 'web', pods: [{ name: 'web-x-1' }] },
        ],
      },
    ]);
  });

  it('calls an environment empty without workloads, and retained when we made it and volumes are left', () => {
    const stateOf = (given: FakeObjects) =>
      deriveTenant(inputOf(given), now).environments[0]?.state;
    const managed = tenantNamespace('shop', {
      'app.kubernetes.io/managed-by': 'tenantry',
    });
    const persistentvolumeclaims = [
      persistentVolumeClaimObject({ name: 'data' }),
    ];
    expect(stateOf({ namespaces: [namespace], persistentvolumeclaims })).toBe(
      'Empty',
    );
    expect(stateOf({ namespaces: [managed], persistentvolumeclaims })).toBe(
      'Retained',
    );
    expect(stateOf(objects)).toBe('Active');
  });

  it('does not count an environment in which nothing runs as healthy, and says so where nothing runs at all', () => {
    const idle = {
      ...namespaceObject({ name: 'shop-idle' }),
      labels: {
        ...namespace.labels,
        'tenantry.dev/environment': 'idle',
      },
    };
    const only = deriveTenant(inputOf({ namespaces: [idle] }), now);
    expect(only.environments[0]).toMatchObject({
      state: 'Empty',
      health: { code: 'Healthy', reason: 'Empty', counts: {} },
    });
    expect(only.health).toMatchObject({ reason: 'Empty', counts: {} });
    const asleep = deploymentObject({ name: 'web', replicas: 0 });
    const both = deriveTenant(
      inputOf({ namespaces: [idle, namespace], deployments: [asleep] }),
      now,
    );
    expect(both.environments).toHaveLength(2);
    expect(both.health).toMatchObject({
      code: 'Suspended',
      counts: { Suspended: 1 },
    });
  });

  it('explains a namespace that goes away by what holds it and by nothing in it', () => {
    const leaving = {
      ...namespace,
      phase: 'Terminating',
      deletedAt: '2026-01-01T11:00:00Z',
    };
    const persistentvolumeclaims = [
      persistentVolumeClaimObject({
        name: 'data-0',
        finalizers: ['kubernetes.io/pvc-protection'],
      }),
    ];
    const tenant = deriveTenant(
      inputOf({ ...objects, namespaces: [leaving], persistentvolumeclaims }),
      now,
    );
    expect(tenant.environments[0]).toMatchObject({
      state: 'Terminating',
      health: { code: 'Degraded', reason: 'StuckTerminating' },
    });
    expect(tenant.causes).toMatchObject([
      {
        object: { kind: 'Namespace', name: 'shop' },
        message:
          'Namespace shop cannot finish deleting; it waits for PersistentVolumeClaim data-0 (finalizer kubernetes.io/pvc-protection).',
      },
    ]);
  });

  it('does not blame an environment for what goes away with one of its namespaces', () => {
    const leaving = {
      ...tenantNamespace('shop-old'),
      phase: 'Terminating',
      deletedAt: '2026-01-01T11:59:00Z',
    };
    const dying = deploymentObject({
      name: 'old',
      namespace: 'shop-old',
      replicas: 2,
      readyReplicas: 0,
      createdAt: '2025-01-01T00:00:00Z',
    });
    const tenant = deriveTenant(
      inputOf({
        namespaces: [namespace, leaving],
        deployments: [dying, deploymentObject({ name: 'web' })],
      }),
      now,
    );
    expect(tenant.environments).toMatchObject([
      {
        state: 'Active',
        namespaces: ['shop', 'shop-old'],
        health: { code: 'Progressing', reason: 'Terminating' },
      },
    ]);
    expect(tenant.causes.map(cause => cause.object)).toEqual([
      { kind: 'Namespace', name: 'shop-old' },
    ]);
  });

  it('says in its headline what its first cause says', () => {
    const claim = persistentVolumeClaimObject({
      name: 'data',
      phase: 'Lost',
      labels: { 'tenantry.dev/module': 'a' },
    });
    const tenant = deriveTenant(
      inputOf({ ...objects, persistentvolumeclaims: [claim] }),
      now,
    );
    const [first] = tenant.causes;
    expect(tenant.causes).toHaveLength(2);
    for (const { health } of [tenant, ...tenant.environments]) {
      expect(health).toMatchObject({
        code: first?.code,
        reason: first?.reason,
        message: first?.message,
        since: first?.since,
      });
    }
  });

  it('does not call an environment empty while what runs was never read', () => {
    const partial = [
      {
        cluster: 'eu',
        kind: 'Pod',
        reason: 'NotSynced' as const,
        message: 'Still reading.',
      },
    ];
    const [environment] = deriveTenant(
      inputOf(
        { namespaces: [namespace], services: objects.services },
        { partial },
      ),
      now,
    ).environments;
    expect(environment).toMatchObject({
      state: 'Active',
      health: { code: 'Unknown', counts: { Unknown: 1 } },
    });
  });

  it('says Unknown where what runs was never read, but never in place of a known fault', () => {
    const partial = [
      {
        cluster: 'eu',
        kind: 'Deployment',
        reason: 'Forbidden' as const,
        message: 'May not list deployments; apply the ClusterRole.',
      },
    ];
    const blind = deriveTenant(
      inputOf({ namespaces: [namespace] }, { partial }),
      now,
    );
    expect(blind.health).toMatchObject({
      code: 'Unknown',
      reason: 'Forbidden',
      message: partial[0]?.message,
    });
    expect(blind.partial).toEqual(partial);
    expect(deriveTenant(inputOf(objects, { partial }), now).health.code).toBe(
      'Degraded',
    );
  });

  it('keeps the last known verdict of a cluster that has gone silent and says that it is old', () => {
    const partial = [
      {
        cluster: 'eu',
        reason: 'Unreachable' as const,
        message: 'No answer.',
        observedAt: '2026-01-01T11:59:00Z',
      },
    ];
    const tenant = deriveTenant(
      inputOf(
        {
          namespaces: [namespace],
          deployments: [deploymentObject({ name: 'web' })],
        },
        { partial, freshness: 'stale' },
      ),
      now,
    );
    expect(tenant).toMatchObject({
      health: { code: 'Healthy' },
      environments: [{ freshness: 'stale' }],
      partial,
    });
  });

  it('keeps environments of one name on two clusters apart and sums them in the row', () => {
    const clusters = ['us', 'eu'].map(name =>
      cluster(createFakeClusterView({ name, objects })),
    );
    const tenant = {
      ...deriveTenant({ name: 'shop', labels, clusters }, now),
      version: '',
    };
    expect(tenant.environments.map(e => e.cluster)).toEqual(['eu', 'us']);
    expect(toTenantRow(tenant)).toMatchObject({
      cpu: { used: 0.6, hard: 8 },
      pods: { ready: 4, total: 6 },
    });
  });

  it('judges a kind by another check where one is given', () => {
    const deployments: HealthChecks['deployments'] = ({ name }) => ({
      code: 'Missing',
      reason: 'NotApproved',
      message: `${name} was not approved.`,
    });
    const checks = { ...healthChecks, deployments };
    const tenant = deriveTenant({ ...inputOf(objects), checks }, now);
    expect(tenant.causes[0]).toMatchObject({
      object: { kind: 'Deployment', name: 'web' },
      reason: 'NotApproved',
    });
  });
});
