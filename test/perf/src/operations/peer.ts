// SPDX-License-Identifier: Apache-2.0
import { Logger, run, type Runner } from 'graphile-worker';
import { answerParent } from '../answerParent';
import { STEPS, type OperationHandlers } from './OperationHandlers';

type Payload = { readonly operation: number; readonly step: number };

let options = { connection: '', concurrency: 1 };
let runner: Runner | undefined;
const begun: number[] = [];

const handlers: OperationHandlers = {
  async prepare(input) {
    options = input;
  },
  async work() {
    runner = await run({
      connectionString: options.connection,
      concurrency: options.concurrency,
      maxPoolSize: options.concurrency,
      noHandleSignals: true,
      logger: new Logger(() => () => {}),
      taskList: {
        async single(payload) {
          begun.push(Date.now() - (payload as { readonly at: number }).at);
        },
        async step(payload, helpers) {
          const { operation, step } = payload as Payload;
          if (step + 1 < STEPS) {
            await helpers.addJob('step', { operation, step: step + 1 });
          }
        },
      },
    });
  },
  async rest() {
    await runner?.stop();
    runner = undefined;
  },
  begun: async () => begun,
};

answerParent(handlers);
