// SPDX-License-Identifier: Apache-2.0
import type {
  DefinitionProblem,
  ModuleDetail,
  ModuleInstance,
  ModuleList,
  ModuleSummary,
  Release,
  Tier,
} from '@tenantry/backstage-plugin-tenants-common';

/** A release that needs nothing. */
export function releaseFixture(overrides: Partial<Release> = {}): Release {
  const version = overrides.version ?? '1.0.0';
  return {
    version,
    hash: `hash-${version}`,
    delivery: 'manifests',
    dependencies: [],
    recommends: [],
    conflicts: [],
    provides: [],
    tierParameters: {},
    secrets: [],
    endpoints: [],
    ...overrides,
  };
}

const AIRFLOW_PARAMETERS = {
  type: 'object',
  required: ['workers'],
  properties: {
    workers: {
      type: 'integer',
      title: 'Workers',
      description: 'Pods that run tasks.',
      minimum: 1,
      maximum: 20,
      default: 2,
    },
    executor: {
      type: 'string',
      title: 'Executor',
      enum: ['CeleryExecutor', 'KubernetesExecutor'],
      default: 'CeleryExecutor',
    },
    exampleDags: { type: 'boolean', title: 'Example DAGs', default: false },
    storage: {
      type: 'object',
      title: 'Storage',
      properties: {
        size: { type: 'string', title: 'Size', default: '10Gi' },
      },
    },
  },
};

function airflowReleases(): Release[] {
  const needs = [
    { name: 'postgres', range: '>=15 <17' },
    { name: 'redis', range: '^7' },
    { name: 'object-store', range: '^2' },
  ];
  return [
    releaseFixture({
      version: '2.10.2',
      kubernetes: '>=1.27',
      dependencies: needs,
      recommends: [{ name: 'monitoring', range: '*' }],
      conflicts: [
        {
          name: 'prefect',
          range: '*',
          reason: 'Only one may own the scheduler role.',
        },
      ],
      parameters: AIRFLOW_PARAMETERS,
      tierParameters: { premium: { workers: 3 } },
      secrets: [{ name: 'fernet-key', required: true, generate: true }],
      endpoints: [{ name: 'web', service: 'airflow-web', port: 8080 }],
      notes: 'Workers use **more memory** than before.',
    }),
    releaseFixture({
      version: '2.9.3',
      kubernetes: '>=1.25',
      dependencies: needs,
      parameters: {
        ...AIRFLOW_PARAMETERS,
        properties: {
          ...AIRFLOW_PARAMETERS.properties,
          workers: { ...AIRFLOW_PARAMETERS.properties.workers, default: 1 },
        },
      },
    }),
    releaseFixture({
      version: '2.8.4',
      kubernetes: '>=1.24 <1.30',
      dependencies: [{ name: 'postgres', range: '>=13 <16' }],
      deprecated: {
        message: 'No more security fixes.',
        endsAt: '2027-02-01',
      },
    }),
  ];
}

/** Airflow: three releases, dependencies, a conflict, parameters and a runbook. */
export function moduleDetailFixture(
  overrides: Partial<ModuleDetail> = {},
): ModuleDetail {
  return {
    name: 'airflow',
    displayName: 'Airflow',
    description: 'Workflow orchestration for batch pipelines.',
    category: 'orchestration',
    owner: 'group:default/team-data-platform',
    scope: 'tenant',
    lifecycle: 'production',
    links: [{ title: 'Upstream', url: 'https://airflow.apache.org' }],
    runbook:
      '# When workers run out of memory\n\nLook at the *last log* first.\n\n<b id="raw">raw</b>',
    releases: airflowReleases(),
    usedBy: [
      {
        module: 'superset',
        release: '4.1.1',
        relation: 'requires',
        range: '^2',
      },
      { module: 'spark', release: '3.5.3', relation: 'recommends', range: '*' },
      {
        module: 'prefect',
        release: '3.1.0',
        relation: 'conflicts',
        range: '*',
      },
    ],
    health: { Degraded: 1, Healthy: 3, Unknown: 1 },
    tenants: 4,
    ...overrides,
  };
}

/** A module in the list. */
export function moduleSummaryFixture(
  overrides: Partial<ModuleSummary> = {},
): ModuleSummary {
  const name = overrides.name ?? 'postgres';
  return {
    name,
    displayName: name,
    description: 'Relational database.',
    category: 'data-storage',
    owner: 'group:default/team-data-platform',
    scope: 'tenant',
    lifecycle: 'production',
    defaultRelease: '16.4.0',
    releaseCount: 2,
    requires: [],
    tenants: 6,
    behind: 0,
    health: { Healthy: 6 },
    ...overrides,
  };
}

/** A duplicate key in a file of the definitions. */
export function definitionProblemFixture(
  overrides: Partial<DefinitionProblem> = {},
): DefinitionProblem {
  return {
    file: 'modules/airflow.yaml',
    line: 41,
    column: 7,
    rule: 'duplicate-key',
    message: 'The key `kafka` is written twice.',
    remedy: 'Keep one of the two.',
    ...overrides,
  };
}

/** The catalogue with a few modules on three shelves. */
export function moduleListFixture(
  overrides: Partial<ModuleList> = {},
): ModuleList {
  return {
    version: 'd1',
    status: [
      {
        source: 'examples/platform.yaml',
        version: 'd1',
        loadedAt: '2026-11-21T14:00:00.000Z',
        checkedAt: '2026-11-21T14:32:00.000Z',
        state: 'loaded',
        problems: [],
      },
    ],
    categories: [
      { name: 'data-storage', displayName: 'Data storage' },
      { name: 'orchestration', displayName: 'Orchestration' },
    ],
    items: [
      moduleSummaryFixture({
        name: 'airflow',
        displayName: 'Airflow',
        description: 'Workflow orchestration for batch pipelines.',
        category: 'orchestration',
        defaultRelease: '2.10.2',
        releaseCount: 3,
        requires: ['postgres', 'redis', 'object-store'],
        tenants: 4,
        behind: 2,
        health: { Degraded: 1, Healthy: 3, Unknown: 1 },
      }),
      moduleSummaryFixture({
        name: 'notebooks',
        displayName: 'Notebooks',
        description: 'Jupyter for teams.',
        category: undefined,
        lifecycle: 'experimental',
        tenants: 0,
        health: {},
      }),
      moduleSummaryFixture({ displayName: 'PostgreSQL' }),
      moduleSummaryFixture({
        name: 'prefect',
        displayName: 'Prefect',
        description: 'Workflow orchestration.',
        category: 'orchestration',
        lifecycle: 'deprecated',
        defaultRelease: '3.1.0',
        tenants: 1,
        health: { Healthy: 1 },
      }),
      moduleSummaryFixture({
        name: 'redis',
        displayName: 'Redis',
        description: 'In-memory store.',
        defaultRelease: '7.4.1',
      }),
    ],
    ...overrides,
  };
}

/** Airflow in one environment. */
export function moduleInstanceFixture(
  overrides: Partial<ModuleInstance> = {},
): ModuleInstance {
  return {
    module: 'airflow',
    tenant: 'customer-360',
    environment: 'prod',
    cluster: 'eu-west',
    release: '2.10.2',
    health: 'Healthy',
    reason: 'Ready',
    message: '',
    ...overrides,
  };
}

/** Who runs airflow: the newest release is Degraded once, the one before nowhere. */
export function moduleInstancesFixture(): ModuleInstance[] {
  return [
    moduleInstanceFixture({ tenant: 'logistics', release: '2.8.4' }),
    moduleInstanceFixture({
      tenant: 'iot-telemetry',
      release: '2.9.3',
      health: 'Unknown',
      reason: 'ClusterStale',
    }),
    moduleInstanceFixture({ tenant: 'churn-models', release: '2.9.3' }),
    moduleInstanceFixture({
      tenant: 'analytics-core',
      health: 'Degraded',
      reason: 'OOMKilled',
      message: 'airflow-worker-1 keeps running out of memory.',
    }),
    moduleInstanceFixture(),
  ];
}

/** Three sizes of an environment. */
export function tiersFixture(): Tier[] {
  const tier = (name: string, cpu: string, memory: string): Tier => ({
    name,
    displayName: name,
    quota: { 'requests.cpu': cpu, 'requests.memory': memory },
  });
  return [
    tier('bronze', '4', '8Gi'),
    tier('standard', '8', '16Gi'),
    tier('premium', '16', '32Gi'),
  ];
}
