// SPDX-License-Identifier: Apache-2.0
import { OperationWorker } from '../../../../plugins/tenants-backend/src/operations/engine/OperationWorker';
import { Wakeups } from '../../../../plugins/tenants-backend/src/operations/engine/Wakeups';
import type { OperationExecutor } from '../../../../plugins/tenants-backend/src/operations/OperationExecutor';
import { DatabaseOperationStore } from '../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import { listenForWork } from '../../../../plugins/tenants-backend/src/operations/store/listenForWork';
import { systemClock } from '../../../../plugins/tenants-backend/src/time/Clock';
import { answerParent } from '../answerParent';
import { openDatabase } from './openDatabase';
import { isFaulty, STEPS, type OperationHandlers } from './OperationHandlers';

/** Leases of both processes together. */
const LEASES = 20;

const FAULT = {
  kind: 'failed',
  error: { reason: 'Injected', message: 'It may pass.', retryable: true },
} as const;

const executorOf = (faults: boolean): OperationExecutor => ({
  type: 'restart',
  plan: async () =>
    Array.from({ length: STEPS }, (_, i) => ({
      key: `s${i}`,
      title: `Step ${i}`,
      input: { i },
    })),
  run: async ({ operation, step }) =>
    faults &&
    operation.attempt === 1 &&
    isFaulty(operation.id, Number(step.input.i))
      ? FAULT
      : { kind: 'done' },
});

let begin = (_faults: boolean) => {};
let end = async () => {};

const handlers: OperationHandlers = {
  async prepare({ connection, concurrency }) {
    const knex = openDatabase(connection, concurrency);
    await knex.raw('SELECT 1');
    const store = new DatabaseOperationStore({ knex, concurrency: LEASES });
    begin = faults => {
      const stopping = new AbortController();
      const wakeups = new Wakeups();
      listenForWork({
        knex,
        clock: systemClock,
        signal: stopping.signal,
        onWork: operation => wakeups.wake(operation),
        onFailure: () => {},
      });
      const worker = new OperationWorker({
        store,
        executors: [executorOf(faults)],
        clock: systemClock,
        random: Math.random,
        wakeups,
        concurrency,
        onFailure: () => {},
      });
      worker.start(stopping.signal);
      end = async () => {
        stopping.abort();
        await worker.stopped();
      };
    };
  },
  async work(input) {
    begin(input?.faults ?? false);
  },
  async rest() {
    await end();
  },
  // The database knows when its operations began.
  begun: async () => [],
};

answerParent(handlers);
