// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import type { FakeClock } from '../../time/testing/FakeClock';
import { LeaseLostError, OperationRefusedError } from '../OperationErrors';
import type { OperationExecutor, StepOutcome } from '../OperationExecutor';
import {
  newOperation,
  openOperationStore,
} from '../testing/openOperationStore';
import { ScriptedExecutor, toPlan } from '../testing/ScriptedExecutor';
import type { NewOperation } from '../store/OperationQueue';
import { OperationWorker } from './OperationWorker';
import { Wakeups } from './Wakeups';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const STEPS = 8_000;
/** Time moves on slowly while something runs, so that a busy machine loses no lease. */
const RUNNING_STEP_MS = 10;
const workers = new Set<OperationWorker>();

jest.setTimeout(60_000);

const flaky = new KubeError('The cluster east did not answer.', {
  cluster: 'east',
  reason: 'Unreachable',
  resource: 'configmaps',
});

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
function gate<T>() {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>(resolve => {
    open = resolve;
  });
  return { opened, open };
}

describe.each(databases.eachSupportedId())('a worker on %s', id => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    workers.clear();
  });

  async function open() {
    const opened = await openOperationStore(await databases.init(id));
    const { store, clock } = opened;
    const failures: unknown[] = [];
    const startWorker = (executors: readonly OperationExecutor[]) => {
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
      stops.push(stop);
      return { worker, wakeups, stop };
    };
    const enqueue = async (change: Partial<NewOperation> = {}) =>
      (await store.queue.enqueue(newOperation(change))).id;
    const get = async (operation: string): Promise<Operation> => {
      const found = await store.history.get(operation);
      if (!found) throw new Error('gone');
      return found;
    };
    const untilState = async (
      operation: string,
      state: Operation['state'],
      stepMs?: number,
    ) => {
      await until(
        clock,
        async () => (await get(operation)).state === state,
        stepMs,
      );
      return get(operation);
    };
    const messages = async (operation: string) => {
      const row = await store.history.find(operation);
      if (!row) throw new Error('gone');
      const events = await store.history.listEvents(row, {
        after: 0,
        limit: 1_000,
      });
      return events.items.map(({ message }) => message);
    };
    return {
      ...opened,
      startWorker,
      enqueue,
      get,
      untilState,
      messages,
      failures,
    };
  }

  it('plans once, runs step after step and journals what each did', async () => {
    const { startWorker, enqueue, untilState, messages } = await open();
    const executor = new ScriptedExecutor('restart', ['a', 'b'])
      .on('a', async ({ log }) => {
        log('info', 'halfway');
        return {
          kind: 'done',
          message: 'a is done',
          next: [toPlan('between')],
          result: { revision: 4 },
        };
      })
      .on('b', async () => ({
        kind: 'done',
        result: { files: [{ path: 'x', content: 'y' }] },
      }));
    startWorker([executor]);
    const operation = await untilState(await enqueue(), 'succeeded');
    expect(executor.ran).toEqual(['a', 'between', 'b']);
    expect(operation.steps.map(s => [s.title, s.state, s.message])).toEqual([
      ['Do a', 'succeeded', 'a is done'],
      ['Do between', 'succeeded', undefined],
      ['Do b', 'succeeded', undefined],
    ]);
    expect(operation.result).toEqual({
      revision: 4,
      files: [{ path: 'x', content: 'y' }],
    });
    expect(await messages(operation.id)).toEqual([
      'Waits for a worker.',
      'Begun (try 1 of 4).',
      'Do a',
      'halfway',
      'a is done',
      'Do between',
      'Do b',
      'Done.',
    ]);
  });

  it('tries again what may pass, later each time, from the step that failed', async () => {
    const { startWorker, enqueue, untilState, clock } = await open();
    let failures = 2;
    const executor = new ScriptedExecutor('restart', ['a', 'b']).on(
      'b',
      async () => {
        failures -= 1;
        if (failures >= 0) throw flaky;
        return { kind: 'done' };
      },
    );
    startWorker([executor]);
    const id_ = await enqueue();
    const first = await untilState(id_, 'retrying');
    const delay = Date.parse(first.nextTryAt ?? '') - clock.now();
    expect(delay).toBeGreaterThan(59_000);
    expect(delay).toBeLessThanOrEqual(60_000);
    expect(first.error).toMatchObject({ reason: 'Unreachable' });
    const done = await untilState(id_, 'succeeded', 1_000);
    expect(done.attempt).toBe(3);
    expect(done.error).toBeUndefined();
    expect(executor.ran).toEqual(['a', 'b', 'b', 'b']);
  });

  it('gives up after four tries, or at once on what will not pass', async () => {
    const { startWorker, enqueue, untilState } = await open();
    startWorker([
      new ScriptedExecutor('restart').on('only', async () => {
        throw flaky;
      }),
      new ScriptedExecutor('scale', ['a', 'b']).on('a', async () => ({
        kind: 'failed',
        error: {
          reason: 'Refused',
          message: 'No such workload.',
          retryable: false,
        },
      })),
      new ScriptedExecutor('sleep').onPlan(async () => {
        throw new OperationRefusedError({
          reason: 'Retained',
          message: 'The environment is deleted.',
          retryable: false,
        });
      }),
    ]);
    const poison = await enqueue();
    const scale = await enqueue({ tenant: 'bank', type: 'scale' });
    const sleep = await enqueue({ tenant: 'mail', type: 'sleep' });
    expect(await untilState(scale, 'failed')).toMatchObject({
      attempt: 1,
      steps: [{ state: 'failed' }, { state: 'skipped' }],
      error: { reason: 'Refused' },
    });
    expect(await untilState(sleep, 'failed')).toMatchObject({
      error: { reason: 'Retained' },
      steps: [],
    });
    expect(await untilState(poison, 'failed', 1_000)).toMatchObject({
      attempt: 4,
      retryable: true,
    });
  });

  /** Two environments: `a` of two steps, `b` of one. */
  const twoEnvironments = () =>
    new ScriptedExecutor(
      'restart',
      ['a1', 'a2', 'b1'].map(key => ({
        ...toPlan(key),
        environment: key.charAt(0),
      })),
    );
  const away = (retryable: boolean): StepOutcome => ({
    kind: 'failed',
    partial: true,
    error: { reason: 'Unreachable', message: 'east is away.', retryable },
  });

  it.each([
    ['at once where it will not pass', false, ['a1', 'b1']],
    ['after four tries', true, ['a1', 'b1', 'a1', 'a1', 'a1']],
  ])(
    'goes on with other environments when one fails, and fails at its end: %s',
    async (_, retryable, ran) => {
      const { startWorker, enqueue, untilState } = await open();
      const executor = twoEnvironments().on('a1', async () => away(retryable));
      startWorker([executor]);
      const operation = await untilState(await enqueue(), 'failed', 1_000);
      expect(executor.ran).toEqual(ran);
      expect(operation.attempt).toBe(retryable ? 4 : 1);
      expect(operation.steps.map(({ state }) => state)).toEqual([
        'failed',
        'skipped',
        'succeeded',
      ]);
      expect(operation.error).toMatchObject({
        reason: 'Unreachable',
        message: '1 of 3 steps failed. Do a1: east is away.',
      });
    },
  );

  it('tries a part that may pass again when the other environments are done, and only that one', async () => {
    const { startWorker, enqueue, untilState, get, messages } = await open();
    let isAway = true;
    const executor = twoEnvironments().on('a1', async () =>
      isAway ? away(true) : { kind: 'done' },
    );
    startWorker([executor]);
    const id_ = await enqueue();
    await untilState(id_, 'retrying');
    const { error, steps } = await get(id_);
    expect(error?.message).toBe('1 of 3 steps failed. Do a1: east is away.');
    expect(steps.map(({ state }) => state)).toEqual([
      'pending',
      'pending',
      'succeeded',
    ]);
    isAway = false;
    const done = await untilState(id_, 'succeeded', 1_000);
    expect(executor.ran).toEqual(['a1', 'b1', 'a1', 'a2']);
    expect(done.attempt).toBe(2);
    expect(done.error).toBeUndefined();
    expect(await messages(id_)).toContain(
      '1 of 3 steps failed. Do a1: east is away. It is tried again.',
    );
  });

  it('does not look at a part that is away again and again while another one waits', async () => {
    const { startWorker, enqueue, untilState } = await open();
    let looks = 0;
    const executor = twoEnvironments()
      .on('a1', async ({ operation }) =>
        operation.attempt === 1 ? away(true) : { kind: 'done' },
      )
      .on('b1', async () => {
        looks += 1;
        return looks < 3
          ? { kind: 'wait', afterMs: 5_000, message: `look ${looks}` }
          : { kind: 'done' };
      });
    startWorker([executor]);
    await untilState(await enqueue(), 'succeeded', 1_000);
    expect(executor.ran).toEqual(['a1', 'b1', 'b1', 'b1', 'a1', 'a2']);
  });

  it('is cancelled at once while a part waits for its next try', async () => {
    const { startWorker, enqueue, untilState, store } = await open();
    const executor = twoEnvironments().on('a1', async () => away(true));
    startWorker([executor]);
    const id_ = await enqueue();
    await untilState(id_, 'retrying');
    await store.queue.requestCancel(id_, 'user:default/ann');
    const cancelled = await untilState(id_, 'cancelled');
    expect(cancelled.steps.map(({ state }) => state)).toEqual([
      'skipped',
      'skipped',
      'succeeded',
    ]);
    expect(executor.ran).toEqual(['a1', 'b1']);
  });

  it('holds no worker while a step waits, and runs others meanwhile', async () => {
    const { startWorker, enqueue, untilState, get } = await open();
    let looks = 0;
    const executor = new ScriptedExecutor('restart').on('only', async () => {
      looks += 1;
      return looks < 3
        ? { kind: 'wait', afterMs: 5_000, message: `look ${looks}` }
        : { kind: 'done' };
    });
    // In the queue before the worker looks for the first time: it looks again only when time passes.
    const waiting = await enqueue();
    const { worker } = startWorker([executor, new ScriptedExecutor('scale')]);
    await until_(async () => looks === 1 && worker.running === 0);
    expect(await get(waiting)).toMatchObject({
      state: 'running',
      steps: [{ state: 'running', message: 'look 1' }],
    });
    await untilState(
      await enqueue({ tenant: 'bank', type: 'scale' }),
      'succeeded',
    );
    const done = await untilState(waiting, 'succeeded');
    expect(looks).toBe(3);
    expect(done.attempt).toBe(1);

    /** Time stands still: only the database is waited for. */
    async function until_(holds: () => Promise<boolean>) {
      for (let i = 0; i < 20_000; i++) {
        if (await holds()) return;
        await get(waiting);
      }
      throw new Error('It never came.');
    }
  });

  it('lets a step finish when it is cancelled, and begins none after it', async () => {
    const { startWorker, enqueue, untilState, store } = await open();
    const begun = gate<void>();
    const finish = gate<StepOutcome>();
    let told = false;
    const executor = new ScriptedExecutor('restart', ['a', 'b']).on(
      'a',
      async ({ isCancelling }) => {
        begun.open();
        const outcome = await finish.opened;
        told = isCancelling();
        return outcome;
      },
    );
    const { wakeups } = startWorker([executor]);
    const operation = await enqueue();
    wakeups.wake(operation);
    await begun.opened;
    await store.queue.requestCancel(operation, 'user:default/ann');
    wakeups.wake(operation);
    await until__(() => store.history.get(operation));
    finish.open({ kind: 'done' });
    expect(await untilState(operation, 'cancelled')).toMatchObject({
      steps: [{ state: 'succeeded' }, { state: 'skipped' }],
    });
    expect(told).toBe(true);
    expect(executor.ran).toEqual(['a']);

    async function until__(read: () => Promise<unknown>) {
      for (let i = 0; i < 20; i++) await read();
    }
  });

  it('tells a step to stop 5 s after it was cancelled, and leaves one that does not', async () => {
    const { startWorker, enqueue, untilState, store, clock } = await open();
    const begun = gate<void>();
    const signals: AbortSignal[] = [];
    const { wakeups } = startWorker([
      new ScriptedExecutor('restart').on('only', ({ signal }) => {
        signals.push(signal);
        begun.open();
        return new Promise(() => {});
      }),
    ]);
    const operation = await enqueue();
    wakeups.wake(operation);
    await begun.opened;
    await store.queue.requestCancel(operation, 'user:default/ann');
    const askedAt = clock.now();
    wakeups.wake(operation);
    const cancelled = await untilState(operation, 'cancelled');
    expect(signals[0].aborted).toBe(true);
    expect(cancelled.steps).toMatchObject([{ state: 'failed' }]);
    expect(clock.now() - askedAt).toBeLessThan(30_000);
  });

  it('gives its leases back when it shuts down, and another worker goes on at the same step', async () => {
    const { startWorker, enqueue, untilState, get } = await open();
    const begun = gate<void>();
    let stopping = true;
    const script = async ({ signal }: { signal: AbortSignal }) => {
      begun.open();
      if (stopping) {
        await new Promise(resolve =>
          signal.addEventListener('abort', resolve, { once: true }),
        );
        throw flaky;
      }
      return { kind: 'done' } as const;
    };
    const executor = new ScriptedExecutor('restart', ['a', 'b']).on(
      'b',
      script,
    );
    const { stop } = startWorker([executor]);
    const operation = await enqueue();
    await untilState(operation, 'running');
    await begun.opened;
    await stop();
    expect(await get(operation)).toMatchObject({
      state: 'running',
      attempt: 1,
      steps: [{ state: 'succeeded' }, { state: 'running' }],
    });
    stopping = false;
    startWorker([executor]);
    expect(await untilState(operation, 'succeeded')).toMatchObject({
      attempt: 1,
    });
    expect(executor.ran).toEqual(['a', 'b', 'b']);
  });

  it('stops a step whose lease another worker has', async () => {
    const { startWorker, enqueue, untilState, store, knex } = await open();
    const begun = gate<void>();
    const results: unknown[] = [];
    const go = gate<void>();
    const { worker } = startWorker([
      new ScriptedExecutor('restart').on(
        'only',
        async ({ holdLease, signal }) => {
          begun.open();
          await go.opened;
          results.push(await holdLease().catch((error: Error) => error));
          results.push(signal.aborted);
          return { kind: 'done' };
        },
      ),
    ]);
    const operation = await enqueue();
    await untilState(operation, 'running');
    await begun.opened;
    const row = await store.history.find(operation);
    await knex('operations')
      .where({ id: operation })
      .update({ owner: 'another', fence: Number(row?.fence) + 1 });
    go.open();
    await stillRunning();
    expect(results[0]).toBeInstanceOf(LeaseLostError);
    expect(results[1]).toBe(true);
    expect((await store.history.get(operation))?.state).toBe('running');

    async function stillRunning() {
      for (let i = 0; i < 500 && worker.running > 0; i++) {
        await store.history.get(operation);
      }
      expect(worker.running).toBe(0);
    }
  });

  it('tells nobody what went wrong in a way nobody expected, but the service’s log', async () => {
    const { startWorker, enqueue, untilState, failures } = await open();
    startWorker([
      new ScriptedExecutor('restart').on('only', async () => {
        throw new TypeError('token abc is not a function');
      }),
    ]);
    const { error } = await untilState(await enqueue(), 'failed');
    expect(error?.message).not.toContain('abc');
    expect(failures).toEqual([expect.any(TypeError)]);
  });
});
