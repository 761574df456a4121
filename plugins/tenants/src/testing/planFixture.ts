// SPDX-License-Identifier: Apache-2.0
import {
  toChangeSet,
  type ChangeSetEntry,
  type EnvironmentPlan,
  type Plan,
  type QuotaFit,
  type Refusal,
  type ResolvedModule,
} from '@tenantry/backstage-plugin-tenants-common';

const GIB = 1024 ** 3;

/** A module that is asked for. */
export function resolvedModuleFixture(
  overrides: Partial<ResolvedModule> = {},
): ResolvedModule {
  return {
    name: 'airflow',
    version: '2.10.2',
    hash: 'hash-2.10.2',
    requiredBy: [],
    wave: 1,
    parameters: {},
    ...overrides,
  };
}

/** A StatefulSet that gets more memory. */
export function changeFixture(
  overrides: Partial<ChangeSetEntry> = {},
): ChangeSetEntry {
  return {
    action: 'configured',
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    namespace: 'analytics-core-prod',
    name: 'airflow-worker',
    module: 'airflow',
    fields: [
      {
        path: 'spec.template.spec.containers[0].resources.limits.memory',
        from: '"2Gi"',
        to: '"3Gi"',
      },
    ],
    ...overrides,
  };
}

/** Memory that fits. */
export function quotaFitFixture(overrides: Partial<QuotaFit> = {}): QuotaFit {
  return {
    resource: 'requests.memory',
    unit: 'bytes',
    hard: 32 * GIB,
    used: 23 * GIB,
    after: 26 * GIB,
    left: 6 * GIB,
    estimated: false,
    byModule: [
      { module: 'airflow', amount: 15 * GIB },
      { module: 'postgres', amount: 8 * GIB },
    ],
    ...overrides,
  };
}

/** What would happen to `prod`. */
export function environmentPlanFixture(
  overrides: Partial<EnvironmentPlan> = {},
): EnvironmentPlan {
  return {
    name: 'prod',
    cluster: 'eu-west',
    namespace: 'analytics-core-prod',
    tier: 'premium',
    exists: true,
    modules: [
      resolvedModuleFixture({
        name: 'postgres',
        version: '16.4.0',
        requiredBy: ['airflow'],
        wave: 0,
      }),
      resolvedModuleFixture({ from: '2.9.3' }),
    ],
    changes: toChangeSet([
      changeFixture(),
      changeFixture({
        kind: 'Secret',
        apiVersion: 'v1',
        name: 'airflow-fernet-key',
        fields: [{ path: 'data.key', from: '<set>', to: '<changed>' }],
      }),
      changeFixture({
        action: 'created',
        kind: 'ConfigMap',
        apiVersion: 'v1',
        name: 'airflow-config',
        fields: [],
      }),
      changeFixture({
        action: 'unchanged',
        kind: 'Namespace',
        apiVersion: 'v1',
        name: 'analytics-core-prod',
        namespace: undefined,
        module: undefined,
        fields: [],
      }),
    ]),
    quota: [quotaFitFixture()],
    ...overrides,
  };
}

/** A plan that can be carried out. */
export function planFixture(overrides: Partial<Plan> = {}): Plan {
  return {
    version: 'plan-1',
    tenant: 'analytics-core',
    exists: true,
    madeAt: '2026-11-21T14:32:07.000Z',
    definitions: 'd1',
    refusals: [],
    notes: [
      {
        environment: 'prod',
        subject: 'airflow-worker',
        kind: 'restart',
        message: '3 workers restart one after another.',
      },
    ],
    environments: [environmentPlanFixture()],
    ...overrides,
  };
}

/** Two modules that do not go together. */
export function conflictFixture(overrides: Partial<Refusal> = {}): Refusal {
  return {
    rule: 'conflict',
    environment: 'prod',
    subject: 'prefect',
    message: 'prefect conflicts with airflow: both own the scheduler role.',
    chain: ['superset', 'airflow', 'prefect'],
    fixes: [
      {
        label: 'Remove prefect',
        effect: 'airflow stays.',
        change: {
          type: 'remove-module',
          environment: 'prod',
          module: 'prefect',
        },
      },
    ],
    ...overrides,
  };
}

/** A plan that is refused for a conflict and for its size. */
export function refusedPlanFixture(): Plan {
  return planFixture({
    version: 'plan-refused',
    refusals: [
      conflictFixture(),
      {
        rule: 'quota',
        environment: 'prod',
        subject: 'requests.memory',
        message: 'Too big for tier premium: 6 GiB over.',
        chain: [],
        fixes: [{ label: 'Ask the platform team for a larger tier.' }],
      },
    ],
    environments: [
      environmentPlanFixture({
        quota: [quotaFitFixture({ after: 38 * GIB, left: -6 * GIB })],
      }),
    ],
  });
}

/** A plan that changes nothing. */
export function emptyPlanFixture(): Plan {
  return planFixture({
    notes: [],
    environments: [
      environmentPlanFixture({
        changes: toChangeSet([
          changeFixture({ action: 'unchanged', fields: [] }),
        ]),
        modules: [resolvedModuleFixture()],
      }),
    ],
  });
}
