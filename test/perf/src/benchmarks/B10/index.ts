// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runMigrations } from 'graphile-worker';
import knexFactory, { type Knex } from 'knex';
import { DatabaseOperationStore } from '../../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import { sharedPostgres } from '../../../../../plugins/tenants-backend/src/__testUtils__/sharedPostgres';
import { Child } from '../../Child';
import { runContest } from '../../contest';
import { fillQueue } from '../../operations/fillQueue';
import type { OperationHandlers } from '../../operations/OperationHandlers';
import { median } from '../../percentile';
import type { BenchmarkResult, Size } from '../../result';
import { logLogSlope } from '../../slope';

const SIZES = {
  quick: { operations: 300, rounds: 2, backlogs: [1_000, 10_000], claims: 100 },
  full: {
    operations: 10_000,
    rounds: 4,
    backlogs: [1_000, 10_000, 100_000, 1_000_000],
    claims: 500,
  },
};
const STEPS = 6;
const WORKERS = 2;
const CONCURRENCY = 10;
const MIGRATIONS = join(
  __dirname,
  '../../../../../plugins/tenants-backend/migrations',
);

/** Two worker processes of one side. */
async function startSide(side: 'ours' | 'peer', connection: string) {
  const file = join(__dirname, '..', '..', 'operations', `${side}.ts`);
  const workers = Array.from({ length: WORKERS }, () =>
    Child.start<OperationHandlers>(file),
  );
  for (const worker of workers) {
    await worker.call('prepare', { connection, concurrency: CONCURRENCY });
  }
  return workers;
}

/** Steps per second, from the begin of work until nothing is left. */
async function drain(
  workers: readonly Child<OperationHandlers>[],
  steps: number,
  left: () => Promise<number>,
): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(workers.map(worker => worker.call('work')));
  while ((await left()) > 0) await delay(20);
  const seconds = (performance.now() - startedAt) / 1_000;
  await Promise.all(workers.map(worker => worker.call('rest')));
  return steps / seconds;
}

async function countOf(knex: Knex, sql: string): Promise<number> {
  const { rows } = await knex.raw(sql);
  return Number(rows[0].n);
}

/** Median milliseconds of a claim while so many operations wait. */
async function claimCost(
  knex: Knex,
  backlog: number,
  claims: number,
): Promise<number> {
  await fillQueue(knex, backlog);
  const store = new DatabaseOperationStore({ knex });
  const costs: number[] = [];
  for (let i = 0; i < claims; i++) {
    const startedAt = performance.now();
    const lease = await store.claims.claim('queue');
    costs.push(performance.now() - startedAt);
    if (!lease) throw new Error('The queue was empty.');
    const event = { type: 'completed' } as const;
    await store.journal.settle(lease, { event, entry: {} });
  }
  return median(costs);
}

/** How fast steps are run and journalled, and what a claim costs in a long queue. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { operations, rounds, backlogs, claims } = SIZES[size];
  const steps = operations * STEPS;
  const postgres = await sharedPostgres();
  const connection = `${postgres.connection}/postgres`;
  const knex = knexFactory({ client: 'pg', connection });
  await knex.migrate.latest({ directory: MIGRATIONS });
  await runMigrations({ connectionString: connection });
  const ours = await startSide('ours', connection);
  const peer = await startSide('peer', connection);
  let lost = 0;
  let doubled = 0;
  try {
    const results = await runContest({
      rounds,
      ours: async () => {
        await fillQueue(knex, operations);
        const rate = await drain(ours, steps, () =>
          countOf(
            knex,
            'SELECT count(*) AS n FROM operations WHERE ended_at IS NULL',
          ),
        );
        lost +=
          operations -
          (await countOf(
            knex,
            `SELECT count(*) AS n FROM operations WHERE state = 'succeeded'`,
          ));
        doubled +=
          (await countOf(
            knex,
            `SELECT count(*) AS n FROM operation_events WHERE type = 'step'`,
          )) - steps;
        return rate;
      },
      peer: async () => {
        await knex.raw(
          `SELECT graphile_worker.add_job('step', json_build_object('operation', n, 'step', 0)) FROM generate_series(1, ?) n`,
          [operations],
        );
        return drain(peer, steps, () =>
          countOf(
            knex,
            'SELECT count(*) AS n FROM graphile_worker._private_jobs',
          ),
        );
      },
    });
    const costs: { size: number; cost: number }[] = [];
    for (const backlog of backlogs) {
      costs.push({
        size: backlog,
        cost: await claimCost(knex, backlog, claims),
      });
    }
    return {
      id: 'B10',
      title: 'Operations engine',
      peer: 'graphile-worker, one job per step',
      peerVersion: '0.17.3',
      unit: 'steps per second',
      higherIsBetter: true,
      rounds: results,
      counts: {
        lost,
        doubled,
        logLogSlopeClaimPerBacklog: logLogSlope(costs),
      },
      figures: Object.fromEntries(
        costs.map(({ size: backlog, cost }) => [
          `ms per claim with ${backlog} waiting`,
          cost,
        ]),
      ),
      note: `${operations} operations of ${STEPS} empty steps on PostgreSQL (fsync off for both), ${WORKERS} worker processes of ${CONCURRENCY} at once each. Ours journals the plan, the begin and the end of every step and an event for each; the peer runs a job and adds the next one, and keeps no record. No faults are injected. Backlogs are of as many tenants.`,
    };
  } finally {
    for (const worker of [...ours, ...peer]) await worker.stop();
    await knex.destroy();
    await postgres.stop();
  }
}
