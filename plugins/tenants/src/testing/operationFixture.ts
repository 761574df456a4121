// SPDX-License-Identifier: Apache-2.0
import {
  toChangeSet,
  type Operation,
  type OperationEvent,
  type Revision,
} from '@tenantry/backstage-plugin-tenants-common';
import { changeFixture } from './planFixture';

/** An upgrade that runs. */
export function operationFixture(
  overrides: Partial<Operation> = {},
): Operation {
  return {
    id: 'op-1',
    tenant: 'analytics-core',
    type: 'apply',
    title: 'Upgrade airflow to 2.10.2',
    state: 'running',
    environments: ['prod'],
    requestedBy: 'user:default/maria.k',
    createdAt: '2026-11-21T14:31:10.000Z',
    startedAt: '2026-11-21T14:31:11.000Z',
    attempt: 1,
    maxAttempts: 4,
    steps: [
      {
        index: 0,
        title: 'Check plan and quota',
        state: 'succeeded',
        startedAt: '2026-11-21T14:31:11.000Z',
        endedAt: '2026-11-21T14:31:12.000Z',
        message: 'Memory requests 23 → 26 of 32 GiB. Fits.',
      },
      {
        index: 1,
        title: 'Apply changes',
        environment: 'prod',
        cluster: 'eu-west',
        state: 'running',
        startedAt: '2026-11-21T14:31:12.000Z',
        message: '1 of 3 pods on the new limit',
      },
      { index: 2, title: 'Record the result', state: 'pending' },
    ],
    changes: toChangeSet([changeFixture()]),
    retryable: false,
    cancellable: true,
    lastEvent: 2,
    ...overrides,
  };
}

/** An upgrade that failed at its second step. */
export function failedOperationFixture(
  overrides: Partial<Operation> = {},
): Operation {
  const running = operationFixture();
  return {
    ...running,
    id: 'op-failed',
    title: 'Upgrade superset to 4.1.1',
    state: 'failed',
    endedAt: '2026-11-21T14:32:00.000Z',
    steps: [
      running.steps[0],
      {
        ...running.steps[1],
        state: 'failed',
        endedAt: '2026-11-21T14:32:00.000Z',
        message: 'StatefulSet superset-worker is not ready.',
      },
      { ...running.steps[2], state: 'skipped' },
    ],
    error: {
      reason: 'NotReady',
      message:
        'StatefulSet superset-worker did not become ready in 10 min. Look at its logs.',
      retryable: true,
    },
    retryable: true,
    cancellable: false,
    ...overrides,
  };
}

/** Operations of a tenant: one runs, one waits, one failed, one is done. */
export function operationsFixture(): Operation[] {
  const done = operationFixture({
    id: 'op-done',
    type: 'scale',
    title: 'Scale clickhouse to 3',
    state: 'succeeded',
    createdAt: '2026-11-20T09:00:00.000Z',
    startedAt: '2026-11-20T09:00:01.000Z',
    endedAt: '2026-11-20T09:02:15.000Z',
    cancellable: false,
    result: { revision: 7 },
    lastEvent: 2,
  });
  return [
    operationFixture({
      id: 'op-queued',
      type: 'restart',
      title: 'Restart airflow-web',
      state: 'queued',
      createdAt: '2026-11-21T14:31:40.000Z',
      startedAt: undefined,
      attempt: 0,
      steps: [],
      changes: undefined,
      waitsFor: { id: 'op-1', title: 'Upgrade airflow to 2.10.2' },
      lastEvent: 0,
    }),
    operationFixture(),
    failedOperationFixture({ createdAt: '2026-11-21T13:00:00.000Z' }),
    {
      ...done,
      steps: done.steps.map(step => ({
        ...step,
        state: 'succeeded' as const,
      })),
    },
  ];
}

/** The first lines of an operation's log. */
export function operationEventsFixture(): OperationEvent[] {
  return [
    {
      seq: 1,
      at: '2026-11-21T14:31:12.000Z',
      type: 'log',
      level: 'info',
      step: 1,
      message: 'airflow-worker-2 terminating, grace 30 s',
    },
    {
      seq: 2,
      at: '2026-11-21T14:31:41.000Z',
      type: 'log',
      level: 'warning',
      step: 1,
      message: 'airflow-worker-2 started slowly',
    },
  ];
}

/** What `prod` was after the last two changes. */
export function revisionsFixture(): Revision[] {
  const spec = (version: string) => ({
    name: 'prod',
    cluster: 'eu-west',
    tier: 'premium',
    modules: [{ name: 'airflow', version, parameters: { workers: 2 } }],
    members: [],
    asleep: false,
    overrides: {},
  });
  const base = {
    environment: 'prod',
    by: 'user:default/maria.k',
    operation: 'op-1',
  };
  return [
    {
      ...base,
      revision: 8,
      at: '2026-11-21T13:46:00.000Z',
      title: 'Upgrade airflow to 2.10.2',
      spec: spec('2.10.2'),
      releases: { airflow: { version: '2.10.2', hash: 'hash-2.10.2' } },
      current: true,
    },
    {
      ...base,
      revision: 7,
      at: '2026-11-20T09:02:15.000Z',
      title: 'Scale clickhouse to 3',
      spec: spec('2.9.3'),
      releases: { airflow: { version: '2.9.3', hash: 'hash-2.9.3' } },
      current: false,
    },
  ];
}
