// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { LeaseLostError } from '../OperationErrors';
import type { StepOutcome } from '../OperationExecutor';
import { ScriptedExecutor, toPlan } from '../testing/ScriptedExecutor';
import { gate, openWorkers } from './__testUtils__/WorkerBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

const flaky = new KubeError('The cluster east did not answer.', {
  cluster: 'east',
  reason: 'Unreachable',
  resource: 'configmaps',
});

describe.each(databases.eachSupportedId())('a worker on %s', id => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function open() {
    const opened = await openWorkers(await databases.init(id));
    stops.push(opened.stop);
    return opened;
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
