// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { DatabaseOperationStore } from '../../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import { fillQueue } from '../../operations/fillQueue';
import { countOf, type Workers } from './drain';

/** Between two, so that each finds workers that wait. */
const PAUSE_MS = 30;

async function whileWorking(
  workers: Workers,
  work: () => Promise<void>,
): Promise<void> {
  await Promise.all(workers.map(worker => worker.call('work')));
  // They have to listen before anything is to be heard.
  await delay(500);
  await work();
  await Promise.all(workers.map(worker => worker.call('rest')));
}

/** Milliseconds from when an operation is put into the queue until it has begun, of single ones. */
export async function beginOfOurs(
  knex: Knex,
  workers: Workers,
  count: number,
): Promise<readonly number[]> {
  await fillQueue(knex, 0);
  const { queue } = new DatabaseOperationStore({ knex });
  const putAt = new Map<string, number>();
  await whileWorking(workers, async () => {
    for (let n = 0; n < count; n++) {
      const at = Date.now();
      const { id } = await queue.enqueue({
        tenant: `t${n}`,
        type: 'restart',
        title: 'Restart',
        request: {
          type: 'restart',
          environment: 'prod',
          workload: 'Deployment/web',
        },
        environments: ['prod'],
        requestedBy: 'user:default/ann',
        priority: 'interactive',
        idempotencyKey: `k${n}`,
      });
      putAt.set(id, at);
      await delay(PAUSE_MS);
    }
    const left = () => countOf(knex, 'FROM operations WHERE ended_at IS NULL');
    while ((await left()) > 0) await delay(20);
  });
  const rows: { id: string; started_at: string }[] = await knex(
    'operations',
  ).select('id', 'started_at');
  return rows.map(row => Number(row.started_at) - (putAt.get(row.id) ?? NaN));
}

/** The same of single jobs. */
export async function beginOfPeer(
  knex: Knex,
  workers: Workers,
  count: number,
): Promise<readonly number[]> {
  await whileWorking(workers, async () => {
    for (let n = 0; n < count; n++) {
      await knex.raw(
        `SELECT graphile_worker.add_job('single', json_build_object('at', ?::bigint))`,
        [Date.now()],
      );
      await delay(PAUSE_MS);
    }
    const left = () => countOf(knex, 'FROM graphile_worker._private_jobs');
    while ((await left()) > 0) await delay(20);
  });
  const all = await Promise.all(workers.map(worker => worker.call('begun')));
  return all.flat();
}
