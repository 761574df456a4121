// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '../tenant';
import {
  causeFixture,
  environmentFixture,
  eventFixture,
  healthFixture,
  moduleFixture,
  outOfMemoryPodFixture,
  podFixture,
  rollUpFixture,
  tenantFixture,
  workloadFixture,
} from './tenantFixture';

const reason = 'OOMKilled';
const message =
  'Container main was killed for using more memory than its limit.';

/** The tenant of the tour: a worker of airflow runs out of memory, the rest is healthy. @public */
export function degradedTenantFixture(overrides: Partial<Tenant> = {}): Tenant {
  const worker = workloadFixture({
    kind: 'StatefulSet',
    name: 'airflow-worker',
    health: healthFixture('Degraded', { reason, message }),
    pods: [
      podFixture({ name: 'airflow-worker-0' }),
      outOfMemoryPodFixture('airflow-worker-1'),
      podFixture({ name: 'airflow-worker-2' }),
    ],
  });
  const airflow = moduleFixture({
    name: 'airflow',
    release: '2.10.2',
    health: rollUpFixture('Degraded', {
      reason,
      message,
      counts: { Degraded: 1, Healthy: 3 },
    }),
    workloads: [
      worker,
      workloadFixture({ name: 'airflow-scheduler' }),
      workloadFixture({ name: 'airflow-triggerer' }),
      workloadFixture({ name: 'airflow-web' }),
    ],
  });
  const counts = { Degraded: 1, Healthy: 2 };
  return tenantFixture({
    health: rollUpFixture('Degraded', {
      reason,
      message,
      counts: { Degraded: 1, Healthy: 1 },
    }),
    causes: [causeFixture()],
    events: [
      eventFixture(),
      eventFixture({
        type: 'Normal',
        reason: 'Pulled',
        message: 'Container image already present on machine',
        count: 1,
        lastSeen: '2026-11-21T14:20:00.000Z',
      }),
    ],
    environments: [
      environmentFixture({
        health: rollUpFixture('Degraded', { reason, message, counts }),
        modules: [
          airflow,
          moduleFixture({ name: 'clickhouse', release: '24.8.4' }),
          moduleFixture({ name: 'kafka', release: '3.8.0' }),
        ],
      }),
      environmentFixture({ name: 'dev', cluster: 'eu-north' }),
    ],
    ...overrides,
  });
}
