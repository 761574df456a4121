// SPDX-License-Identifier: Apache-2.0
import type { Health, HealthCode, RollUp } from '../health';
import type { QuotaLine } from '../quota';
import type {
  Cause,
  Environment,
  Tenant,
  TenantEvent,
  TenantModule,
} from '../tenant';
import type { Container, Pod, Workload } from '../workload';

/** The moment at which fixtures are seen. @public */
export const FIXTURE_NOW = '2026-11-21T14:32:07.000Z';

const GIB = 1024 ** 3;

/** A health state; a code other than Healthy brings a reason. @public */
export function healthFixture(
  code: HealthCode = 'Healthy',
  overrides: Partial<Health> = {},
): Health {
  return code === 'Healthy'
    ? { code, reason: 'Ready', message: '', ...overrides }
    : {
        code,
        reason: 'CrashLoopBackOff',
        message: 'The container keeps ending and waits before its next start.',
        since: '2026-11-21T13:50:04.000Z',
        ...overrides,
      };
}

/** A roll-up over one child. @public */
export function rollUpFixture(
  code: HealthCode = 'Healthy',
  overrides: Partial<RollUp> = {},
): RollUp {
  return { ...healthFixture(code), counts: { [code]: 1 }, ...overrides };
}

/** A running main container. @public */
export function containerFixture(
  overrides: Partial<Container> = {},
): Container {
  return {
    name: 'main',
    role: 'main',
    image: 'registry.example/airflow:2.10.2',
    state: 'running',
    ready: true,
    restarts: 0,
    ...overrides,
  };
}

/** A ready pod with one container. @public */
export function podFixture(overrides: Partial<Pod> = {}): Pod {
  const name = overrides.name ?? 'airflow-worker-0';
  return {
    name,
    namespace: 'analytics-core-prod',
    uid: `uid-${name}`,
    phase: 'Running',
    health: healthFixture(),
    ready: true,
    restarts: 0,
    node: 'node-1',
    createdAt: '2026-11-19T08:00:00.000Z',
    containers: [containerFixture()],
    ...overrides,
  };
}

/** A pod whose container was killed for using too much memory. @public */
export function outOfMemoryPodFixture(name: string): Pod {
  return podFixture({
    name,
    ready: false,
    restarts: 14,
    health: healthFixture('Degraded', {
      reason: 'OOMKilled',
      message:
        'Container main was killed for using more memory than its limit.',
    }),
    containers: [
      containerFixture({
        state: 'waiting',
        reason: 'CrashLoopBackOff',
        ready: false,
        restarts: 14,
        lastExit: {
          code: 137,
          reason: 'OOMKilled',
          at: '2026-11-21T14:31:48.000Z',
        },
      }),
    ],
  });
}

/** A healthy Deployment with one pod. @public */
export function workloadFixture(overrides: Partial<Workload> = {}): Workload {
  const name = overrides.name ?? 'airflow-web';
  const pods = overrides.pods ?? [podFixture({ name: `${name}-0` })];
  const ready = pods.filter(pod => pod.ready).length;
  return {
    kind: 'Deployment',
    name,
    namespace: 'analytics-core-prod',
    uid: `uid-${name}`,
    health: healthFixture(),
    replicas: { desired: pods.length, ready, updated: pods.length },
    images: ['registry.example/airflow:2.10.2'],
    restarts: pods.reduce((sum, pod) => sum + pod.restarts, 0),
    createdAt: '2026-11-01T08:00:00.000Z',
    pods,
    ...overrides,
  };
}

/** A healthy module with one workload. @public */
export function moduleFixture(
  overrides: Partial<TenantModule> = {},
): TenantModule {
  const name = overrides.name ?? 'postgres';
  return {
    name,
    release: '16.4.0',
    health: rollUpFixture(),
    workloads: [workloadFixture({ kind: 'StatefulSet', name })],
    ...overrides,
  };
}

/** The usual lines of a quota. @public */
export function quotaFixture(): QuotaLine[] {
  return [
    {
      resource: 'requests.cpu',
      unit: 'cores',
      used: 11.2,
      hard: 16,
      consumers: [
        { workload: 'StatefulSet/airflow-worker', used: 6 },
        { workload: 'Deployment/airflow-web', used: 2.2 },
      ],
    },
    {
      resource: 'requests.memory',
      unit: 'bytes',
      used: 23 * GIB,
      hard: 32 * GIB,
      consumers: [{ workload: 'StatefulSet/airflow-worker', used: 12 * GIB }],
    },
    { resource: 'pods', unit: 'count', used: 27, hard: 60, consumers: [] },
  ];
}

/** A healthy environment on `eu-west`. @public */
export function environmentFixture(
  overrides: Partial<Environment> = {},
): Environment {
  const name = overrides.name ?? 'prod';
  return {
    name,
    cluster: 'eu-west',
    namespaces: [`analytics-core-${name}`],
    state: 'Active',
    tier: 'premium',
    health: rollUpFixture(),
    freshness: 'synced',
    modules: [moduleFixture()],
    quota: quotaFixture(),
    ...overrides,
  };
}

/** A cause: the worker that runs out of memory. @public */
export function causeFixture(overrides: Partial<Cause> = {}): Cause {
  return {
    environment: 'prod',
    cluster: 'eu-west',
    namespace: 'analytics-core-prod',
    module: 'airflow',
    object: { kind: 'StatefulSet', name: 'airflow-worker' },
    pod: 'airflow-worker-1',
    container: 'main',
    code: 'Degraded',
    reason: 'OOMKilled',
    message: 'Container main was killed for using more memory than its limit.',
    since: '2026-11-21T13:50:04.000Z',
    previousLog: true,
    ...overrides,
  };
}

/** A folded warning event. @public */
export function eventFixture(
  overrides: Partial<TenantEvent> = {},
): TenantEvent {
  return {
    environment: 'prod',
    cluster: 'eu-west',
    namespace: 'analytics-core-prod',
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off restarting failed container main',
    object: { kind: 'Pod', name: 'airflow-worker-1' },
    count: 14,
    firstSeen: '2026-11-21T13:50:04.000Z',
    lastSeen: '2026-11-21T14:31:48.000Z',
    ...overrides,
  };
}

/** A healthy tenant with one environment. @public */
export function tenantFixture(overrides: Partial<Tenant> = {}): Tenant {
  return {
    name: 'analytics-core',
    version: 'v1',
    owner: 'group:default/team-analytics',
    members: ['user:default/maria.k'],
    tier: 'premium',
    labels: {},
    health: rollUpFixture(),
    conditions: [],
    causes: [],
    environments: [environmentFixture()],
    events: [],
    partial: [],
    ...overrides,
  };
}
