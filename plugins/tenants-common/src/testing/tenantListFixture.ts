// SPDX-License-Identifier: Apache-2.0
import type { HealthCode } from '../health';
import type { PlatformStatus } from '../platform';
import type { TenantsValue } from '../stream';
import type { TenantRow } from '../tenantList';
import { FIXTURE_NOW, rollUpFixture } from './tenantFixture';

const GIB = 1024 ** 3;

/** One healthy row of the tenants list. @public */
export function tenantRowFixture(
  overrides: Partial<TenantRow> = {},
): TenantRow {
  return {
    name: 'billing',
    version: 'v1',
    owner: 'group:default/team-payments',
    tier: 'standard',
    health: rollUpFixture(),
    environments: [
      {
        name: 'prod',
        cluster: 'eu-west',
        code: overrides.health?.code ?? 'Healthy',
        state: 'Active',
        freshness: 'synced',
      },
    ],
    modules: ['postgres', 'kafka'],
    pods: { ready: 8, total: 8 },
    restarts: 0,
    cpu: { used: 5.1, hard: 8 },
    memory: { used: 11 * GIB, hard: 16 * GIB },
    ...overrides,
  };
}

const DEMO: readonly [string, HealthCode, string, string][] = [
  ['analytics-core', 'Degraded', 'OOMKilled', 'team-analytics'],
  ['iot-telemetry', 'Unknown', 'ClusterStale', 'team-iot'],
  ['churn-models', 'Progressing', 'RollingOut', 'team-ml'],
  ['marketing-lake', 'Suspended', 'ScaledToZero', 'team-marketing'],
  ['billing', 'Healthy', 'Ready', 'team-payments'],
  ['customer-360', 'Healthy', 'Ready', 'team-crm'],
  ['fraud-scoring', 'Healthy', 'Ready', 'team-risk'],
  ['growth-bi', 'Healthy', 'Ready', 'team-growth'],
  ['logistics', 'Healthy', 'Ready', 'team-supply'],
  ['pricing', 'Healthy', 'Ready', 'team-pricing'],
  ['sandbox-ml', 'Healthy', 'Ready', 'team-ml'],
  ['web-events', 'Healthy', 'Ready', 'team-web'],
];

function demoRow(entry: (typeof DEMO)[number], index: number): TenantRow {
  const [name, code, reason, team] = entry;
  const message = code === 'Healthy' ? '' : `${name}: ${reason}`;
  return tenantRowFixture({
    name,
    owner: `group:default/${team}`,
    tier: index % 3 === 0 ? 'premium' : 'standard',
    health: rollUpFixture(code, { reason, message }),
    pods: { ready: code === 'Healthy' ? 8 : 6, total: 8 },
    cpu: code === 'Unknown' ? undefined : { used: 6 + (index % 9), hard: 16 },
    memory:
      code === 'Unknown'
        ? undefined
        : { used: (20 + (index % 6) * 2.1) * GIB, hard: 32 * GIB },
  });
}

/** Twelve tenants in every state but Missing. @public */
export function tenantsValueFixture(
  rows: readonly TenantRow[] = DEMO.map(demoRow),
): TenantsValue {
  return {
    tenants: Object.fromEntries(rows.map(row => [row.name, row])),
    partial: [],
  };
}

/** Two clusters, one of them stale. @public */
export function platformFixture(
  overrides: Partial<PlatformStatus> = {},
): PlatformStatus {
  return {
    version: 'v1',
    clusters: [
      {
        name: 'eu-west',
        freshness: 'synced',
        observedAt: FIXTURE_NOW,
        version: 'v1.31.4',
        kinds: [
          { kind: 'Namespace', state: 'synced', objects: 48 },
          { kind: 'Pod', state: 'synced', objects: 196 },
        ],
      },
      {
        name: 'us-east',
        freshness: 'stale',
        observedAt: '2026-11-21T14:29:02.000Z',
        version: 'v1.29.9',
        problem: {
          cluster: 'us-east',
          reason: 'Unreachable',
          message: 'The API server does not answer.',
          observedAt: '2026-11-21T14:29:02.000Z',
        },
        kinds: [
          { kind: 'Namespace', state: 'stale', objects: 12 },
          {
            kind: 'Pod',
            state: 'stale',
            objects: 38,
            message: 'connection timed out after 10 s',
          },
        ],
        nextTryAt: '2026-11-21T14:32:19.000Z',
      },
    ],
    tenants: { Degraded: 1, Unknown: 1, Healthy: 8 },
    problems: [],
    ...overrides,
  };
}
