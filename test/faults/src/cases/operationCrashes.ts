// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import type { Knex } from 'knex';
import type { FaultCase, FaultCounts, FaultOutcome } from '../FaultCase';
import { effectsExecutor } from '../operations/effects';
import { OperationsBench } from '../operations/OperationsBench';
import { RestartablePostgres } from '../operations/RestartablePostgres';
import { exactly } from './onBench';

/** Claimed; each of three steps: before and after its begin is journalled, and its effect; before and after the end is. */
const POINTS = 15;
const VICTIMS_AT_ONCE = 3;
/** `FAULT_RACES=10000 ./dev faults D3` for as many as the fault matrix asks for. */
const RACES = Number(process.env.FAULT_RACES ?? 1_000);
const RACE_MS = 60;

type Done = {
  readonly injected: number;
  readonly counts: FaultCounts;
  readonly divergences?: readonly string[];
};

export function pg(connection: string, max = 10): Knex.Config {
  return { client: 'pg', connection, pool: { min: 0, max } };
}

export function tenants(count: number, prefix = 'tenant'): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
}

/** Runs a case beside a PostgreSQL of its own, and counts what every case is held to. */
export async function onPostgres(
  provoke: (
    bench: OperationsBench,
    postgres: RestartablePostgres,
  ) => Promise<Done>,
): Promise<FaultOutcome> {
  const postgres = await RestartablePostgres.start();
  try {
    const bench = await OperationsBench.start(pg(postgres.connection()));
    try {
      const {
        injected,
        counts,
        divergences = [],
      } = await provoke(bench, postgres);
      const all = { ...(await bench.counts()), ...counts };
      return { injected, counts: all, divergences };
    } finally {
      await bench.stop();
    }
  } finally {
    await postgres.stop();
  }
}

/** The next message of a worker that has a member. */
async function said(child: ChildProcess, member: string): Promise<void> {
  for (;;) {
    const [message] = await once(child, 'message');
    if (typeof message === 'object' && message !== null && member in message) {
      return;
    }
  }
}

async function killAtEachPoint(bench: OperationsBench): Promise<Done> {
  await bench.enqueue(tenants(POINTS + VICTIMS_AT_ONCE * 2));
  let killed = 0;
  const points = Array.from({ length: POINTS }, (_, i) => i + 1);
  const next = async (): Promise<void> => {
    const dieAt = points.shift();
    if (dieAt === undefined) return;
    const child = bench.fork({ dieAt, concurrency: 1 });
    const [, signal] = await once(child, 'exit');
    if (signal === 'SIGKILL') killed += 1;
    await next();
  };
  await Promise.all(Array.from({ length: VICTIMS_AT_ONCE }, next));
  bench.passLease();
  bench.startWorker([effectsExecutor(bench.api)]);
  await bench.untilEnded();
  const ends = await bench.ends();
  const failed = ends.filter(({ state }) => state !== 'succeeded').length;
  return {
    injected: killed,
    counts: {
      'points struck': exactly(killed, POINTS),
      'operations not finished': { is: failed, atMost: 0 },
    },
  };
}

async function race(bench: OperationsBench): Promise<Done> {
  await bench.knex.transaction(async trx => {
    // What `enqueue` writes, for many at once.
    await trx.raw(
      `INSERT INTO operation_tenants (tenant, fence)
       SELECT 'race-' || n, 0 FROM generate_series(1, ?) n`,
      [RACES],
    );
    await trx.raw(
      `INSERT INTO operations (id, tenant, type, title, priority, state, ready, request, request_hash, idempotency_key,
         requested_by, environments, attempt, max_attempts, planned, fence, created_at, last_event, event_bytes, dropped, version)
       SELECT 'race' || n, 'race-' || n, 'restart', 'Race', 0, 'queued', 1,
         '{"type":"restart","environment":"prod","workload":"Deployment/web"}', 'h', 'k' || n, 'user:default/ann', '|prod|',
         0, 4, 0, 0, 0, 0, 0, 0, 1 FROM generate_series(1, ?) n`,
      [RACES],
    );
  });
  const workers = [0, 1].map(() => bench.fork({ concurrency: 8, steps: 1 }));
  await Promise.all(workers.map(worker => said(worker, 'ready')));
  await bench.untilEnded(bench.knex, RACES * RACE_MS);
  const [{ n }] = await bench
    .knex('operation_events')
    .where('message', 'like', 'Begun%')
    .count('* as n');
  return {
    injected: RACES,
    counts: { 'begins beyond one each': { is: Number(n) - RACES, atMost: 0 } },
  };
}

async function pauseHolder(bench: OperationsBench): Promise<Done> {
  let injected = 0;
  let notPassed = 0;
  for (const waitAt of ['before-effect', 'held'] as const) {
    const [id] = await bench.enqueue([`paused-${waitAt}`]);
    const holder = bench.fork({ waitAt, concurrency: 1 });
    await said(holder, 'at');
    holder.kill('SIGSTOP');
    bench.passLease();
    const { stop } = bench.startWorker([effectsExecutor(bench.api)]);
    await bench.untilEnded();
    await stop();
    const before = bench.effects(`paused-${waitAt}`);
    const steps = await bench.ends();
    holder.kill('SIGCONT');
    holder.send('go');
    // It has seen that it is too late when it finds that nothing is left to do.
    const [other] = await bench.enqueue([`after-${waitAt}`]);
    await bench.untilEnded();
    injected += 1;
    const same =
      JSON.stringify(before) ===
        JSON.stringify(bench.effects(`paused-${waitAt}`)) &&
      JSON.stringify(steps.find(e => e.id === id)) ===
        JSON.stringify((await bench.ends()).find(e => e.id === id));
    if (!same) notPassed += 1;
    if (!other) notPassed += 1;
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
  }
  return {
    injected,
    counts: {
      'operations changed after the sweep': { is: notPassed, atMost: 0 },
    },
  };
}

async function restartDatabase(
  bench: OperationsBench,
  postgres: RestartablePostgres,
): Promise<Done> {
  let effects = 0;
  let restarting: Promise<void> | undefined;
  bench.startWorker([
    effectsExecutor(bench.api, {
      at: async point => {
        if (point !== 'after-effect') return;
        effects += 1;
        if (effects === 10) restarting = postgres.restart();
      },
    }),
  ]);
  await bench.enqueue(tenants(20));
  await bench.until('the restart', () => restarting !== undefined);
  await restarting;
  bench.passLease();
  await bench.untilEnded();
  const ends = await bench.ends();
  const failed = ends.filter(({ state }) => state !== 'succeeded').length;
  return {
    injected: restarting ? 1 : 0,
    counts: { 'operations not finished': { is: failed, atMost: 0 } },
  };
}

export const operationCrashCases: readonly FaultCase[] = [
  {
    id: 'D1',
    title: 'The database is restarted in the middle of operations',
    expected:
      'Workers wait for it and go on; what they did meanwhile is journalled.',
    how: 'PostgreSQL is stopped and started on its data while 20 operations of three effects run.',
    seed: 1,
    run: () => onPostgres(restartDatabase),
  },
  {
    id: 'D2',
    title: 'SIGKILL at each point of the journal',
    expected:
      'Another worker goes on at the right step once the lease has ended; each effect is there once.',
    how: 'A worker in a process of its own ends itself with SIGKILL after it claimed, and before and after each write of the journal and each effect on the cluster; one process for each point. The leases end by letting the next worker’s time be half a minute ahead.',
    seed: 1,
    run: () => onPostgres(killAtEachPoint),
  },
  {
    id: 'D3',
    title: 'Two replicas race for each operation',
    expected: 'Each operation has one lease.',
    how: `Two worker processes, eight operations each at once, take ${RACES} operations of one effect from one PostgreSQL.`,
    seed: 1,
    run: () => onPostgres(race),
  },
  {
    id: 'D4',
    title: 'A lease holder is paused past its lease, then wakes',
    expected:
      'The fence refuses it, in the database and on the cluster; nothing of the operation changes any more.',
    how: 'A worker process is stopped with SIGSTOP before it asks for its lease, and once more right after it was told that it holds it; another worker finishes; then the first is woken.',
    seed: 1,
    run: () => onPostgres(pauseHolder),
  },
];
