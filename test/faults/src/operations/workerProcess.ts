// SPDX-License-Identifier: Apache-2.0
import knexFactory from 'knex';
import { z } from 'zod';
import { OperationWorker } from '../../../../plugins/tenants-backend/src/operations/engine/OperationWorker';
import { Wakeups } from '../../../../plugins/tenants-backend/src/operations/engine/Wakeups';
import { DatabaseOperationStore } from '../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import { systemClock } from '../../../../plugins/tenants-backend/src/time/Clock';
import { effectsApi, effectsExecutor } from './effects';

const settingsSchema = z.object({
  config: z.record(z.string(), z.unknown()),
  url: z.string(),
  token: z.string(),
  /** Kills itself at this point of the journal, counted from 1. */
  dieAt: z.number().optional(),
  /** Tells the parent when it is there, and waits to be told to go on. */
  waitAt: z.enum(['held', 'before-effect']).optional(),
  concurrency: z.number().default(10),
  steps: z.number().optional(),
});

let points = 0;

function kill(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

/** Dies before or after the n-th thing that a worker does to the database or to the cluster. */
function pointAt(dieAt: number | undefined): () => Promise<void> {
  return async () => {
    points += 1;
    if (points === dieAt) await kill();
  };
}

/** The same object with a point before and after each call of some of its methods. */
function withPoints<T extends object>(
  target: T,
  methods: readonly (keyof T)[],
  point: () => Promise<void>,
): T {
  return new Proxy(target, {
    get(of, name) {
      const member: unknown = Reflect.get(of, name);
      if (typeof member !== 'function') return member;
      const isPoint = methods.some(method => method === name);
      return async (...args: unknown[]) => {
        // Before a claim nothing has happened, and a look that finds nothing changes nothing.
        if (isPoint && name !== 'claim') await point();
        const result: unknown = await Reflect.apply(member, of, args);
        if (isPoint && (name !== 'claim' || result)) await point();
        return result;
      };
    },
  });
}

function told(): Promise<void> {
  return new Promise(resolve => process.once('message', () => resolve()));
}

async function main(): Promise<void> {
  const settings = settingsSchema.parse(JSON.parse(process.argv[2] ?? ''));
  const knex = knexFactory(settings.config);
  const store = new DatabaseOperationStore({ knex });
  const point = pointAt(settings.dieAt);
  const { waitAt } = settings;
  const api = effectsApi(settings.url, settings.token);
  let waited = false;
  const at = async (name: string) => {
    if (name !== 'held') await point();
    if (name !== waitAt || waited) return;
    waited = true;
    process.send?.({ at: name });
    await told();
  };
  const executors = (['restart', 'apply', 'delete'] as const).map(type =>
    effectsExecutor(api, { type, at, steps: settings.steps }),
  );
  const stopping = new AbortController();
  const worker = new OperationWorker({
    store: {
      queue: store.queue,
      claims: withPoints(store.claims, ['claim'], point),
      journal: withPoints(store.journal, ['write', 'settle'], point),
    },
    executors,
    clock: systemClock,
    random: Math.random,
    wakeups: new Wakeups(),
    concurrency: settings.concurrency,
    onFailure: (_operation, error) => {
      process.send?.({ failed: String(error) });
    },
  });
  worker.start(stopping.signal);
  process.on('disconnect', () => process.exit());
  process.send?.({ ready: true });
}

void main();
