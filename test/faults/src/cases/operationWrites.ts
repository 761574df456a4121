// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import knexFactory, { type Knex } from 'knex';
import type { FaultCase, FaultOutcome } from '../FaultCase';
import type { DatabaseOperationStore } from '../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import { CommitCutter } from '../operations/CommitCutter';
import { effectsExecutor, type AtPoint } from '../operations/effects';
import { OperationsBench } from '../operations/OperationsBench';
import { RestartablePostgres } from '../operations/RestartablePostgres';
import { SmallDisk } from '../operations/SmallDisk';
import { onPostgres, pg, tenants } from './operationCrashes';

const BUSY_ROUNDS = 20;

function sqlite(filename: string): Knex.Config {
  return {
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      // The driver would block the whole process while it waits.
      afterCreate: (
        connection: { pragma(sql: string): void },
        done: (error: Error | undefined, connection: unknown) => void,
      ) => {
        connection.pragma('busy_timeout = 0');
        done(undefined, connection);
      },
    },
  };
}

async function unfinished(bench: OperationsBench): Promise<number> {
  const ends = await bench.ends();
  return ends.filter(({ state }) => state !== 'succeeded').length;
}

/** How often a start was refused as it should be, of those until the first. */
async function untilRefused(bench: OperationsBench): Promise<number> {
  for (const tenant of tenants(50, 'late')) {
    try {
      await bench.enqueue([tenant]);
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      return name === 'ServiceUnavailableError' ? 1 : 0;
    }
  }
  return 0;
}

/** How many of these were refused. */
async function enqueueSlowly(
  bench: OperationsBench,
  names: readonly string[],
  store: DatabaseOperationStore,
): Promise<number> {
  let refused = 0;
  for (const tenant of names) {
    await delay(50);
    try {
      await bench.enqueue([tenant], 'restart', store);
    } catch {
      refused += 1;
    }
  }
  return refused;
}

async function fullDisk(): Promise<FaultOutcome> {
  const disk = SmallDisk.make();
  const bench = await OperationsBench.start(sqlite(disk.file));
  try {
    let retries = 0;
    const pause = async (ms: number) => {
      retries += 1;
      await delay(ms);
    };
    const gate: { open: () => void } = { open: () => {} };
    const opened = new Promise<void>(resolve => {
      gate.open = resolve;
    });
    let reached = false;
    const at: AtPoint = async (point, { log }) => {
      if (point !== 'after-effect') return;
      reached = true;
      await opened;
      // More than fits into pages that are there.
      log('info', 'x'.repeat(4_000));
    };
    await bench.enqueue(['full']);
    bench.startWorker([effectsExecutor(bench.api, { at })], {
      store: bench.store({ pause }),
    });
    await bench.until('the first effect', () => reached);
    await disk.fill(bench.knex);
    const refused = await untilRefused(bench);
    const [{ n: readable }] = await bench.knex('operations').count('* as n');
    gate.open();
    await bench.until('writes that fail', () => retries >= 3);
    await disk.free(bench.knex);
    await bench.untilEnded();
    const [{ integrity_check: integrity }] = await bench.knex.raw(
      'PRAGMA integrity_check',
    );
    return {
      injected: refused,
      counts: {
        'reads while full': { is: Number(readable), atMost: 60, atLeast: 1 },
        'corrupt files': { is: integrity === 'ok' ? 0 : 1, atMost: 0 },
        'operations not finished': { is: await unfinished(bench), atMost: 0 },
        ...(await bench.counts()),
      },
      divergences: [],
    };
  } finally {
    await bench.stop();
    disk.remove();
  }
}

/** Writers must wait for it, or, where somebody only reads, their commits. */
const LOCKS = [
  ['BEGIN IMMEDIATE'],
  ['BEGIN', 'SELECT count(*) FROM operations'],
] as const;

/** Holds the lock of a writer and that of a reader on a SQLite file in turn. */
async function holdLocks(file: string): Promise<void> {
  const other = knexFactory(sqlite(file));
  for (let round = 0; round < BUSY_ROUNDS; round++) {
    try {
      for (const sql of LOCKS[round % 2] ?? []) await other.raw(sql);
      await delay(100);
      await other.raw('COMMIT');
    } catch {
      // Somebody writes at this moment.
      await other.raw('ROLLBACK').catch(() => undefined);
    }
    await delay(20);
  }
  await other.destroy();
}

async function busySqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-busy-'));
  const file = join(folder, 'operations.sqlite');
  const bench = await OperationsBench.start(sqlite(file));
  let retries = 0;
  const pause = async (ms: number) => {
    retries += 1;
    await delay(ms);
  };
  try {
    const locking = holdLocks(file);
    const store = bench.store({ pause });
    bench.startWorker([effectsExecutor(bench.api)], { store });
    const surfaced = await enqueueSlowly(bench, tenants(20), store);
    await locking;
    await bench.untilEnded();
    const left = await unfinished(bench);
    const { broken } = bench;
    return { retries, surfaced, left, broken, counts: await bench.counts() };
  } finally {
    await bench.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every transaction is serializable, so that those that overlap fail. */
function serializable(connection: string): Knex.Config {
  return {
    ...pg(connection),
    pool: {
      min: 0,
      max: 10,
      afterCreate: (
        client: { query(sql: string, done: (error?: Error) => void): void },
        done: (error: Error | undefined, client: unknown) => void,
      ) => {
        const sql =
          'SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE';
        client.query(sql, error => done(error, client));
      },
    },
  };
}

async function serializationFailures() {
  const postgres = await RestartablePostgres.start();
  const bench = await OperationsBench.start(
    serializable(postgres.connection()),
  );
  let retries = 0;
  const pause = async (ms: number) => {
    retries += 1;
    await delay(ms);
  };
  try {
    for (const _ of [1, 2]) {
      bench.startWorker([effectsExecutor(bench.api)], {
        store: bench.store({ pause }),
        concurrency: 5,
      });
    }
    const store = bench.store({ pause });
    let surfaced = 0;
    await Promise.all(
      tenants(20).map(tenant =>
        bench.enqueue([tenant], 'restart', store).catch(() => {
          surfaced += 1;
        }),
      ),
    );
    await bench.untilEnded();
    const left = await unfinished(bench);
    const { broken } = bench;
    return { retries, surfaced, left, broken, counts: await bench.counts() };
  } finally {
    await bench.stop();
    await postgres.stop();
  }
}

async function contention(): Promise<FaultOutcome> {
  const busy = await busySqlite();
  const serial = await serializationFailures();
  return {
    injected:
      Math.min(busy.retries, serial.retries) > 0
        ? busy.retries + serial.retries
        : 0,
    counts: {
      'failures surfaced': { is: busy.surfaced + serial.surfaced, atMost: 0 },
      'runs that broke': { is: busy.broken + serial.broken, atMost: 0 },
      'operations not finished': { is: busy.left + serial.left, atMost: 0 },
      ...busy.counts,
      ...serial.counts,
    },
    divergences: [],
  };
}

async function lostAnswers(): Promise<FaultOutcome> {
  return onPostgres(async (bench, postgres) => {
    const cutter = await CommitCutter.start(postgres.port, 7);
    const config = pg(postgres.connection(cutter.port));
    const behind = await OperationsBench.start(config);
    try {
      const wanted = tenants(20);
      await behind.enqueue(wanted);
      behind.startWorker([effectsExecutor(bench.api)]);
      await bench.untilEnded();
      const [{ n }] = await bench.knex('operations').count('* as n');
      return {
        injected: cutter.lost,
        counts: {
          'operations beyond those asked for': {
            is: Number(n) - wanted.length,
            atMost: 0,
            atLeast: 0,
          },
          'operations not finished': { is: await unfinished(bench), atMost: 0 },
        },
      };
    } finally {
      await behind.stop();
      await cutter.stop();
    }
  });
}

export const operationWriteCases: readonly FaultCase[] = [
  {
    id: 'D5',
    title: 'The disk of the database is full',
    expected:
      'Nothing can be started (503), everything can be read; a running operation waits and goes on when there is room. No torn record.',
    how: 'SQLite on a tmpfs of 4 MB that is filled to the last byte after the first effect of an operation, and freed once writes have failed; where none may be mounted, the file’s pages are limited.',
    seed: 1,
    run: fullDisk,
  },
  {
    id: 'D6',
    title: 'SQLITE_BUSY, and serialization failures of PostgreSQL',
    expected: 'Writes are tried again, within bounds; nobody sees them.',
    how: 'Another connection holds the lock of a writer and of a reader on the SQLite file in turn, for 100 ms twenty times; on PostgreSQL every transaction is serializable while two workers and 20 requests overlap.',
    seed: 1,
    run: contention,
  },
  {
    id: 'D7',
    title: 'The answer to a commit is lost',
    expected:
      'What was written is found by the idempotency key, the write’s name or the lease’s name; nothing is written twice.',
    how: 'A wire to PostgreSQL cuts the connection when the answer to every seventh write has arrived, before it is passed on.',
    seed: 1,
    run: lostAnswers,
  },
];
