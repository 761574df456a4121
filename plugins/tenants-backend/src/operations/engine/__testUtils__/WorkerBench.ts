// SPDX-License-Identifier: Apache-2.0
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import type { Knex } from 'knex';
import type { FakeClock } from '../../../time/testing/FakeClock';
import type { OperationExecutor } from '../../OperationExecutor';
import type { NewOperation } from '../../store/OperationQueue';
import {
  newOperation,
  openOperationStore,
} from '../../testing/openOperationStore';
import { OperationWorker } from '../OperationWorker';
import { Wakeups } from '../Wakeups';

const STEPS = 8_000;
/** Time moves on slowly while something runs, so that a busy machine loses no lease. */
const RUNNING_STEP_MS = 10;
const workers = new Set<OperationWorker>();

/** Lets time pass in small steps until something holds. */
async function until(
  clock: FakeClock,
  holds: () => Promise<boolean> | boolean,
  stepMs = 100,
): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    if (await holds()) return;
    const runs = [...workers].some(({ running }) => running > 0);
    clock.advance(runs ? Math.min(RUNNING_STEP_MS, stepMs) : stepMs);
    await new Promise(resolve => setImmediate(resolve));
  }
  throw new Error('It never came.');
}

/** A promise that a test settles. */
export function gate<T>() {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>(resolve => {
    open = resolve;
  });
  return { opened, open };
}

type Opened = Awaited<ReturnType<typeof openOperationStore>>;

/** Starts a worker; what it stumbles over is added to `failures`. */
function startOn(
  { store, clock }: Opened,
  executors: readonly OperationExecutor[],
  failures: unknown[],
) {
  const stopping = new AbortController();
  const wakeups = new Wakeups();
  const worker = new OperationWorker({
    store,
    executors,
    clock,
    random: () => 0.5,
    wakeups,
    onFailure: (_operation, error) => failures.push(error),
  });
  worker.start(stopping.signal);
  workers.add(worker);
  const stop = async () => {
    stopping.abort();
    let ended = false;
    const over = worker.stopped().then(() => {
      ended = true;
    });
    await until(clock, () => ended);
    await over;
  };
  return { worker, wakeups, stop };
}

/** What has been said of an operation. */
async function messagesOf({ store }: Opened, operation: string) {
  const row = await store.history.find(operation);
  if (!row) throw new Error('gone');
  const all = { after: 0, limit: 1_000 };
  const events = await store.history.listEvents(row, all);
  return events.items.map(({ message }) => message);
}

/** Workers on a database, and what becomes of their operations. Every one is stopped by `stop`. */
export async function openWorkers(knex: Knex) {
  const opened = await openOperationStore(knex);
  const { store, clock } = opened;
  const stops: (() => Promise<void>)[] = [];
  const failures: unknown[] = [];
  const get = async (operation: string): Promise<Operation> => {
    const found = await store.history.get(operation);
    if (!found) throw new Error('gone');
    return found;
  };
  return {
    ...opened,
    failures,
    get,
    startWorker: (executors: readonly OperationExecutor[]) => {
      const started = startOn(opened, executors, failures);
      stops.push(started.stop);
      return started;
    },
    enqueue: async (change: Partial<NewOperation> = {}) =>
      (await store.queue.enqueue(newOperation(change))).id,
    untilState: async (
      operation: string,
      state: Operation['state'],
      stepMs?: number,
    ) => {
      const holds = async () => (await get(operation)).state === state;
      await until(clock, holds, stepMs);
      return get(operation);
    },
    messages: (operation: string) => messagesOf(opened, operation),
    stop: async () => {
      for (const each of stops.splice(0)) await each();
      workers.clear();
    },
  };
}
