// SPDX-License-Identifier: Apache-2.0
import knexFactory from 'knex';
import { OperationWorker } from '../../../../plugins/tenants-backend/src/operations/engine/OperationWorker';
import { Wakeups } from '../../../../plugins/tenants-backend/src/operations/engine/Wakeups';
import type { OperationExecutor } from '../../../../plugins/tenants-backend/src/operations/OperationExecutor';
import { DatabaseOperationStore } from '../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import { systemClock } from '../../../../plugins/tenants-backend/src/time/Clock';
import { answerParent } from '../answerParent';
import type { OperationHandlers } from './OperationHandlers';

const STEPS = 6;
/** Leases of both processes together. */
const LEASES = 20;

const executor: OperationExecutor = {
  type: 'restart',
  plan: async () =>
    Array.from({ length: STEPS }, (_, i) => ({
      key: `s${i}`,
      title: `Step ${i}`,
      input: { i },
    })),
  run: async () => ({ kind: 'done' }),
};

let begin = () => {};
let end = async () => {};

const handlers: OperationHandlers = {
  async prepare({ connection, concurrency }) {
    const knex = knexFactory({
      client: 'pg',
      connection,
      pool: { min: concurrency, max: concurrency },
    });
    await knex.raw('SELECT 1');
    const store = new DatabaseOperationStore({ knex, concurrency: LEASES });
    begin = () => {
      const stopping = new AbortController();
      const worker = new OperationWorker({
        store,
        executors: [executor],
        clock: systemClock,
        random: Math.random,
        wakeups: new Wakeups(),
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
  async work() {
    begin();
  },
  async rest() {
    await end();
  },
};

answerParent(handlers);
