// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import type { Knex } from 'knex';
import { DatabaseOperationStore } from '../../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import { startPostgres } from '../../../../../plugins/tenants-backend/src/operations/testing/startPostgres';
import { Child } from '../../Child';
import { runContest } from '../../contest';
import { fillQueue } from '../../operations/fillQueue';
import { openDatabase } from '../../operations/openDatabase';
import {
  STEPS,
  type OperationHandlers,
} from '../../operations/OperationHandlers';
import { median, percentile } from '../../percentile';
import type { BenchmarkResult, Size } from '../../result';
import { logLogSlope } from '../../slope';
import { countOf, drain, drainOurs, type Drained, type Workers } from './drain';
import { beginOfOurs, beginOfPeer } from './latency';

const SIZES = {
  quick: {
    operations: 300,
    rounds: 2,
    backlogs: [1_000, 10_000],
    claims: 100,
    variants: 300,
  },
  full: {
    operations: 10_000,
    rounds: 4,
    backlogs: [1_000, 10_000, 100_000, 1_000_000],
    claims: 500,
    variants: 2_000,
  },
};
const WORKERS = 2;
const CONCURRENCY = 10;
const MIGRATIONS = join(
  __dirname,
  '../../../../../plugins/tenants-backend/migrations',
);

/** Worker processes of one side. */
async function startSide(
  side: 'ours' | 'peer',
  connection: string,
  count = WORKERS,
): Promise<Workers> {
  const file = join(__dirname, '..', '..', 'operations', `${side}.ts`);
  const workers = Array.from({ length: count }, () =>
    Child.start<OperationHandlers>(file),
  );
  for (const worker of workers) {
    await worker.call('prepare', { connection, concurrency: CONCURRENCY });
  }
  return workers;
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

async function runPeer(knex: Knex, workers: Workers, operations: number) {
  await knex.raw(
    `SELECT graphile_worker.add_job('step', json_build_object('operation', n, 'step', 0)) FROM generate_series(1, ?) n`,
    [operations],
  );
  const left = () => countOf(knex, 'FROM graphile_worker._private_jobs');
  return drain(workers, operations * STEPS, { left });
}

/** One process on SQLite, as that is all it serves. */
async function onSqlite(operations: number): Promise<Drained> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-operations-'));
  const connection = `sqlite:${join(folder, 'operations.sqlite')}`;
  const knex = openDatabase(connection);
  // So that its progress can be looked at from outside.
  await knex.raw('PRAGMA journal_mode = WAL');
  await knex.migrate.latest({ directory: MIGRATIONS });
  const workers = await startSide('ours', connection, 1);
  try {
    return await drainOurs(knex, workers, { operations });
  } finally {
    for (const worker of workers) await worker.stop();
    await knex.destroy();
    rmSync(folder, { recursive: true });
  }
}

async function measure(connection: string, size: Size) {
  const { operations, rounds, backlogs, claims, variants } = SIZES[size];
  const knex = openDatabase(connection);
  await knex.migrate.latest({ directory: MIGRATIONS });
  await runMigrations({ connectionString: connection });
  const ours = await startSide('ours', connection);
  const peer = await startSide('peer', connection);
  const runs: Drained[] = [];
  const runOurs = async (more: { operations: number; faults?: boolean }) => {
    const drained = await drainOurs(knex, ours, more);
    runs.push(drained);
    return drained.rate;
  };
  try {
    const results = await runContest({
      rounds,
      ours: () => runOurs({ operations }),
      peer: () => runPeer(knex, peer, operations),
    });
    const costs: { size: number; cost: number }[] = [];
    for (const backlog of backlogs) {
      const cost = await claimCost(knex, backlog, claims);
      costs.push({ size: backlog, cost });
    }
    const begins = {
      ours: await beginOfOurs(knex, ours, claims),
      peer: await beginOfPeer(knex, peer, claims),
    };
    await runOurs({ operations: variants, faults: true });
    runs.push(await onSqlite(variants));
    return { results, runs, costs, begins };
  } finally {
    for (const worker of [...ours, ...peer]) await worker.stop();
    await knex.destroy();
  }
}

const sum = (runs: readonly Drained[], what: keyof Drained) =>
  runs.reduce((total, each) => total + each[what], 0);

function figuresOf({
  runs,
  costs,
  begins,
}: Awaited<ReturnType<typeof measure>>) {
  const [faulty, sqlite] = runs.slice(-2);
  const perClaim = costs.map(({ size: backlog, cost }) => [
    `ms per claim with ${backlog} waiting`,
    cost,
  ]);
  return {
    ...Object.fromEntries(perClaim),
    'ms from queue to begin, p99': percentile(begins.ours, 99),
    'ms from queue to begin, p99 of the peer': percentile(begins.peer, 99),
    'steps per second with 1 % of steps failing once': faulty.rate,
    'steps that failed once': faulty.failed,
    'steps per second on SQLite, one process': sqlite.rate,
  };
}

/** How fast steps are run and journalled, and what a claim costs in a long queue. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const postgres = await startPostgres();
  try {
    const measured = await measure(`${postgres.connection}/postgres`, size);
    const { results, runs, costs } = measured;
    const { operations, variants } = SIZES[size];
    return {
      id: 'B10',
      title: 'Operations engine',
      peer: 'graphile-worker, one job per step',
      peerVersion: '0.17.3',
      unit: 'steps per second',
      higherIsBetter: true,
      rounds: results,
      counts: {
        lost: sum(runs, 'lost'),
        doubled: sum(runs, 'doubled'),
        logLogSlopeClaimPerBacklog: logLogSlope(costs),
      },
      figures: figuresOf(measured),
      note: `${operations} operations of ${STEPS} empty steps on PostgreSQL (fsync off for both), ${WORKERS} worker processes of ${CONCURRENCY} at once each. Ours journals the plan, the begin and the end of every step and an event for each; the peer runs a job and adds the next one, and keeps no record. Backlogs are of as many tenants. From queue to begin are single ones, while all workers wait. The variants are ours alone, of ${variants} operations: with faults, the minute that a failed operation waits is not counted; SQLite is a file with its defaults and a write-ahead log. Lost and doubled are of all runs together.`,
    };
  } finally {
    await postgres.stop();
  }
}
