// SPDX-License-Identifier: Apache-2.0
import { clockTime } from '../../../../plugins/tenants-backend/src/operations/store/DatabaseTime';
import { DatabaseOperationStore } from '../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import type { OperationExecutor } from '../../../../plugins/tenants-backend/src/operations/OperationExecutor';
import { scaledClock } from '../bench/scaledClock';
import type { FaultCase, FaultCounts } from '../FaultCase';
import {
  effectsExecutor,
  type AtPoint,
  type Point,
} from '../operations/effects';
import type { OperationsBench } from '../operations/OperationsBench';
import { exactly } from './onBench';
import { onPostgres, tenants } from './operationCrashes';
import { stuckNamespaceCase } from './stuckNamespace';

const POINTS: readonly Point[] = ['before-effect', 'held', 'after-effect'];
const STEPS = ['s0', 's1', 's2'];
/** So that tries a minute apart come three seconds apart; the others must have the time to end before a second try. */
const POISON_SPEED = 20;
const TRIES = 4;
/** A column and a type that only a newer version knows. */
const NEWER = 'upgrade';

type Done = { readonly injected: number; readonly counts: FaultCounts };

async function poison(bench: OperationsBench): Promise<Done> {
  const clock = scaledClock({ speed: POISON_SPEED });
  const { knex } = bench;
  const store = new DatabaseOperationStore({ knex, time: clockTime(clock) });
  const poisoned = tenants(3, 'poison');
  const others = tenants(10);
  const ids = await bench.enqueue([...poisoned, ...others]);
  let tries = 0;
  let behind = 0;
  const healthy = effectsExecutor(bench.api);
  const executor: OperationExecutor = {
    ...healthy,
    async run(context) {
      if (!poisoned.includes(context.operation.tenant)) {
        return healthy.run(context);
      }
      tries += 1;
      if (context.operation.attempt === 2) {
        const ends = await bench.ends();
        behind = ends.filter(
          e => others.includes(e.tenant) && e.state !== 'succeeded',
        ).length;
      }
      const error = { reason: 'Poison', message: 'Never.', retryable: true };
      return { kind: 'failed', error };
    },
  };
  bench.startWorker([executor], { store, clock });
  await bench.untilEnded();
  const ends = await bench.ends();
  const failed = ends.filter(({ state }) => state === 'failed');
  return {
    injected: tries,
    counts: {
      tries: exactly(tries, poisoned.length * TRIES),
      'others unfinished at its second try': { is: behind, atMost: 0 },
      'dead operations': exactly(failed.length, poisoned.length),
      'operations known': exactly(ends.length, ids.length),
    },
  };
}

async function deleteAndUpgrade(bench: OperationsBench): Promise<Done> {
  const names = tenants(20);
  const workers = [0, 1].map(() => bench.fork({ concurrency: 5 }));
  await Promise.all([
    bench.enqueue(names, 'apply'),
    bench.enqueue(names, 'delete'),
  ]);
  await bench.untilEnded();
  let interleaved = 0;
  for (const name of names) {
    const owners = bench.effects(name).map(({ line }) => line.split('/')[0]);
    const changes = owners.filter((o, i) => i > 0 && o !== owners[i - 1]);
    if (changes.length !== 1) interleaved += 1;
  }
  return {
    injected: workers.length * names.length,
    counts: { interleavings: { is: interleaved, atMost: 0 } },
  };
}

async function cancelEverywhere(bench: OperationsBench): Promise<Done> {
  const store = bench.store();
  let cancels = 0;
  const at: AtPoint = async (point, { operation, step }) => {
    if (operation.tenant !== `${step.key}-${point}`) return;
    cancels += 1;
    await store.queue.requestCancel(operation.id, 'user:default/ann');
  };
  bench.startWorker([effectsExecutor(bench.api, { at })]);
  const wanted = STEPS.flatMap(step => POINTS.map(p => `${step}-${p}`));
  await bench.enqueue(wanted);
  await bench.untilEnded();
  let orphans = 0;
  let wrong = 0;
  for (const { id, tenant, state, steps } of await bench.ends()) {
    const seen = new Set(bench.effects(tenant).map(({ line }) => line));
    orphans += steps.filter(
      s => seen.has(`${id}/${s.key}`) && s.state !== 'succeeded',
    ).length;
    const all = steps.every(s => s.state === 'succeeded');
    if (state !== (all ? 'succeeded' : 'cancelled')) wrong += 1;
  }
  return {
    injected: cancels,
    counts: {
      'points struck': exactly(cancels, wanted.length),
      'effects no step tells of': { is: orphans, atMost: 0 },
      'ends that say something else': { is: wrong, atMost: 0 },
    },
  };
}

async function sideBySide(bench: OperationsBench): Promise<Done> {
  bench.startWorker([effectsExecutor(bench.api)]);
  await bench.enqueue(tenants(5, 'before'));
  await bench.knex.raw('ALTER TABLE operations ADD COLUMN newer text');
  const [newer] = await bench.enqueue(['newer']);
  const isNewer = () => bench.knex('operations').where({ id: newer ?? '' });
  const taken = await isNewer()
    .where({ state: 'queued' })
    .update({ type: NEWER, newer: 'x' });
  await bench.enqueue(tenants(10, 'after'));
  await bench.until('the end of all that is known', async () => {
    const left = await bench.knex('operations').whereNull('ended_at');
    return left.every(row => row.id === newer);
  });
  const [row] = await isNewer();
  const left = row?.type === NEWER && row.state === 'queued' ? 0 : 1;
  // A newer replica would know it; here it is put back for the count.
  await isNewer().update({ type: 'restart' });
  await bench.untilEnded();
  return {
    injected: taken,
    counts: {
      'newer operations taken by the old version': { is: left, atMost: 0 },
    },
  };
}

export const operationOrderCases: readonly FaultCase[] = [
  {
    id: 'D8',
    title: 'An old and a newer version side by side on a migrated database',
    expected:
      'The old one goes on with what it knows, and leaves the newer one’s operations in the queue.',
    how: 'While a worker runs, a column is added to the table and an operation of an unknown type is put into the queue.',
    seed: 1,
    run: () => onPostgres(sideBySide),
  },
  {
    id: 'D9',
    title: 'Operations that always fail',
    expected:
      'Four tries, then failed for good; the operations of others do not wait for them.',
    how: `Three operations fail at every try, before 10 others in the queue. Time runs ${POISON_SPEED} times as fast.`,
    seed: 1,
    run: () => onPostgres(poison),
  },
  {
    id: 'D10',
    title: 'Delete and upgrade of one tenant at once',
    expected: 'One after the other, whichever process takes them.',
    how: 'For 20 tenants both are started at once; two worker processes take them. Every effect is in the order in which the cluster saw it.',
    seed: 1,
    run: () => onPostgres(deleteAndUpgrade),
  },
  {
    id: 'D11',
    title: 'Cancelled during each step',
    expected:
      'The step that runs ends, none begins after it, and the record tells exactly what is on the cluster.',
    how: 'One operation for each of three points of each of three steps is cancelled just there.',
    seed: 1,
    run: () => onPostgres(cancelEverywhere),
  },
  stuckNamespaceCase,
];
