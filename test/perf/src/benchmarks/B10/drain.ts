// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Child } from '../../Child';
import { fillQueue } from '../../operations/fillQueue';
import {
  STEPS,
  type OperationHandlers,
} from '../../operations/OperationHandlers';

/** The worker processes of one side. */
export type Workers = readonly Child<OperationHandlers>[];

/** What one run of ours came to. */
export type Drained = {
  /** Steps per second. */
  readonly rate: number;
  readonly lost: number;
  readonly doubled: number;
  /** Steps that failed and were tried again. */
  readonly failed: number;
};

/** The number that a statement selects as `n`. */
export async function countOf(knex: Knex, sql: string): Promise<number> {
  const answer = await knex.raw(`SELECT count(*) AS n ${sql}`);
  const [row] = 'rows' in answer ? answer.rows : answer;
  return Number(row.n);
}

/** Steps per second, from the begin of work until nothing is left that could run now. */
export async function drain(
  workers: Workers,
  steps: number,
  work: {
    readonly left: () => Promise<number>;
    /** Until this is nothing too the workers go on, and it is not part of the time. */
    readonly late?: () => Promise<number>;
    readonly faults?: boolean;
  },
): Promise<number> {
  const { left, late = left, faults = false } = work;
  const startedAt = performance.now();
  await Promise.all(workers.map(worker => worker.call('work', { faults })));
  while ((await left()) > 0) await delay(20);
  const seconds = (performance.now() - startedAt) / 1_000;
  while ((await late()) > 0) await delay(200);
  await Promise.all(workers.map(worker => worker.call('rest')));
  return steps / seconds;
}

/** Our rate, with what was lost or done twice. Operations of which a step failed wait a minute; that time is not counted. */
export async function drainOurs(
  knex: Knex,
  workers: Workers,
  { operations, faults = false }: { operations: number; faults?: boolean },
): Promise<Drained> {
  await fillQueue(knex, operations);
  const steps = operations * STEPS;
  const late = () => countOf(knex, 'FROM operations WHERE ended_at IS NULL');
  const left = () =>
    countOf(
      knex,
      `FROM operations WHERE state IN ('queued', 'running', 'cancelling')`,
    );
  const rate = await drain(workers, steps, { left, late, faults });
  const said = (level: string) =>
    countOf(
      knex,
      `FROM operation_events WHERE type = 'step' AND level = '${level}'`,
    );
  const done = await countOf(knex, `FROM operations WHERE state = 'succeeded'`);
  const failed = await said('warning');
  const begun = await said('info');
  return {
    rate,
    lost: operations - done,
    doubled: begun - steps - failed,
    failed,
  };
}
