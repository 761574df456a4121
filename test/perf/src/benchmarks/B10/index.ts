// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runMigrations } from 'graphile-worker';
import knexFactory, { type Knex } from 'knex';
import { DatabaseOperationStore } from '../../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import { Child } from '../../Child';
import { runContest } from '../../contest';
import { fillQueue } from '../../operations/fillQueue';
import type { OperationHandlers } from '../../operations/OperationHandlers';
import { startPostgres } from '../../operations/startPostgres';
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

type Workers = readonly Child<OperationHandlers>[];

/** Our rate, with what was lost or done twice. */
async function runOurs(knex: Knex, workers: Workers, operations: number) {
  await fillQueue(knex, operations);
  const steps = operations * STEPS;
  const count = (what: string) => countOf(knex, `SELECT count(*) AS n ${what}`);
  const rate = await drain(workers, steps, () =>
    count('FROM operations WHERE ended_at IS NULL'),
  );
  const done = await count(`FROM operations WHERE state = 'succeeded'`);
  const begun = await count(`FROM operation_events WHERE type = 'step'`);
  return { rate, lost: operations - done, doubled: begun - steps };
}

async function runPeer(knex: Knex, workers: Workers, operations: number) {
  await knex.raw(
    `SELECT graphile_worker.add_job('step', json_build_object('operation', n, 'step', 0)) FROM generate_series(1, ?) n`,
    [operations],
  );
  return drain(workers, operations * STEPS, () =>
    countOf(knex, 'SELECT count(*) AS n FROM graphile_worker._private_jobs'),
  );
}

async function measure(connection: string, size: Size) {
  const { operations, rounds, backlogs, claims } = SIZES[size];
  const knex = knexFactory({ client: 'pg', connection });
  await knex.migrate.latest({ directory: MIGRATIONS });
  await runMigrations({ connectionString: connection });
  const ours = await startSide('ours', connection);
  const peer = await startSide('peer', connection);
  const counts = { lost: 0, doubled: 0 };
  try {
    const results = await runContest({
      rounds,
      ours: async () => {
        const { rate, lost, doubled } = await runOurs(knex, ours, operations);
        counts.lost += lost;
        counts.doubled += doubled;
        return rate;
      },
      peer: () => runPeer(knex, peer, operations),
    });
    const costs: { size: number; cost: number }[] = [];
    for (const backlog of backlogs) {
      const cost = await claimCost(knex, backlog, claims);
      costs.push({ size: backlog, cost });
    }
    return { results, counts, costs };
  } finally {
    for (const worker of [...ours, ...peer]) await worker.stop();
    await knex.destroy();
  }
}

/** How fast steps are run and journalled, and what a claim costs in a long queue. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const postgres = await startPostgres();
  try {
    const { results, counts, costs } = await measure(postgres.connection, size);
    const perClaim = costs.map(({ size: backlog, cost }) => [
      `ms per claim with ${backlog} waiting`,
      cost,
    ]);
    return {
      id: 'B10',
      title: 'Operations engine',
      peer: 'graphile-worker, one job per step',
      peerVersion: '0.17.3',
      unit: 'steps per second',
      higherIsBetter: true,
      rounds: results,
      counts: { ...counts, logLogSlopeClaimPerBacklog: logLogSlope(costs) },
      figures: Object.fromEntries(perClaim),
      note: `${SIZES[size].operations} operations of ${STEPS} empty steps on PostgreSQL (fsync off for both), ${WORKERS} worker processes of ${CONCURRENCY} at once each. Ours journals the plan, the begin and the end of every step and an event for each; the peer runs a job and adds the next one, and keeps no record. No faults are injected. Backlogs are of as many tenants.`,
    };
  } finally {
    await postgres.stop();
  }
}
