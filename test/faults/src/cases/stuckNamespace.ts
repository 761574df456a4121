// SPDX-License-Identifier: Apache-2.0
import { createExecutors } from '../../../../plugins/tenants-backend/src/operations/effects';
import { clockTime } from '../../../../plugins/tenants-backend/src/operations/store/DatabaseTime';
import { DatabaseOperationStore } from '../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import { EnvironmentRecords } from '../../../../plugins/tenants-backend/src/records/EnvironmentRecords';
import { recordOf } from '../../../../plugins/tenants-backend/src/records/testing/recordOf';
import type { Clock } from '../../../../plugins/tenants-backend/src/time/Clock';
import { scaledClock } from '../bench/scaledClock';
import type { FaultCase, FaultCounts } from '../FaultCase';
import type { OperationsBench } from '../operations/OperationsBench';
import { exactly } from './onBench';
import { onPostgres } from './operationCrashes';

/** So that looks five seconds apart come every twelfth of a second. */
const SPEED = 60;
const LIMIT_MS = 4 * 60_000;
const MOST_WITH_A_WORKER = 50;
const FINALIZER = 'example.com/never';
const WHERE = { namespace: 'shop-dev', name: 'held' };
const SETTINGS = { prefix: 'tenantry.dev', systemNamespace: 'tenantry-system' };

/** The product’s own executors on the bench’s cluster. */
function executorsOn({ api }: OperationsBench, clock: Clock) {
  const kubeApi = () => api;
  const records = new EnvironmentRecords({
    ...SETTINGS,
    clusters: () => ['eu'],
    kubeApi,
    tooling: 'tenantry/faults',
    clock,
  });
  const never = () => Promise.reject(new Error('A purge has no use for it.'));
  const executors = createExecutors({
    planner: { make: never },
    records,
    revisions: { add: never },
    kubeApi,
    live: { workload: () => undefined, isCurrent: () => true },
    clock,
    newSecret: () => '',
    settings: {
      ...SETTINGS,
      healthTimeoutMs: LIMIT_MS,
      degradedMs: LIMIT_MS,
      goneTimeoutMs: LIMIT_MS,
    },
  });
  return { executors, records };
}

/** An environment with an object that nobody lets go. */
async function putEnvironment(
  { sim }: OperationsBench,
  records: EnvironmentRecords,
): Promise<void> {
  sim.objects.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: WHERE.namespace,
      labels: { 'tenantry.dev/tenant': 'shop' },
    },
  });
  sim.objects.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...WHERE, finalizers: [FINALIZER] },
  });
  await records.write(recordOf(), new AbortController().signal);
}

/** How often the operation was looked at while it waited, and what was wrong then. */
async function watch(bench: OperationsBench) {
  const seen = { looks: 0, silent: 0, withWorker: 0 };
  await bench.until('the end of the wait', async () => {
    const [row] = await bench.knex('operations');
    const [step] = await bench
      .knex('operation_steps')
      .where('step_key', 'like', 'gone/%');
    if (step?.state === 'running' && step.message) {
      seen.looks += 1;
      if (!String(step.message).includes(FINALIZER)) seen.silent += 1;
      if (row.owner !== null) seen.withWorker += 1;
    }
    return row.ended_at !== null;
  });
  return seen;
}

async function purge(bench: OperationsBench): Promise<{
  injected: number;
  counts: FaultCounts;
}> {
  const clock = scaledClock({ speed: SPEED });
  const { executors, records } = executorsOn(bench, clock);
  await putEnvironment(bench, records);
  const { knex, sim } = bench;
  const store = new DatabaseOperationStore({ knex, time: clockTime(clock) });
  await store.queue.enqueue({
    tenant: 'shop',
    type: 'purge',
    title: 'Purge shop',
    request: { type: 'purge', confirm: 'shop' },
    environments: ['dev'],
    requestedBy: 'user:default/ann',
    priority: 'interactive',
    idempotencyKey: 'purge',
  });
  bench.startWorker(executors, { store, clock });
  const { looks, silent, withWorker } = await watch(bench);
  const [{ error, state }] = await knex('operations');
  const told = String(error).includes(FINALIZER) && state === 'failed';
  const deletes = sim.requests.counts()['delete namespaces'] ?? 0;
  const { signal } = new AbortController();
  const kept = await records.ofTenant('shop', signal);
  return {
    injected: looks,
    counts: {
      'silent waits': { is: silent, atMost: 0 },
      'ends without the reason': { is: told ? 0 : 1, atMost: 0 },
      'looks that found a worker on it (%)': {
        is: Math.round((withWorker / Math.max(1, looks)) * 100),
        atMost: MOST_WITH_A_WORKER,
      },
      'records kept for another try': exactly(kept.records.length, 1),
      lost: { is: state === 'failed' ? 0 : 1, atMost: 0 },
      doubled: { is: deletes - 1, atMost: 0 },
    },
  };
}

export const stuckNamespaceCase: FaultCase = {
  id: 'D12',
  title: 'A namespace that stays in Terminating',
  expected:
    'The operation says what holds it for as long as it waits, holds no worker, and fails with that reason after its limit; it can be tried again.',
  how: `A tenant is purged in whose namespace an object has a finalizer that nobody removes; the limit is ${
    LIMIT_MS / 60_000
  } min in place of 30. Time runs ${SPEED} times as fast.`,
  seed: 1,
  run: () => onPostgres(purge),
};
