// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { OperationRefusedError } from '../OperationErrors';
import type { StepOutcome } from '../OperationExecutor';
import { ScriptedExecutor, toPlan } from '../testing/ScriptedExecutor';
import { openWorkers } from './__testUtils__/WorkerBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

const flaky = new KubeError('The cluster east did not answer.', {
  cluster: 'east',
  reason: 'Unreachable',
  resource: 'configmaps',
});

describe.each(databases.eachSupportedId())(
  'a try after a failure on %s',
  id => {
    const stops: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const stop of stops.splice(0)) await stop();
    });

    async function open() {
      const opened = await openWorkers(await databases.init(id));
      stops.push(opened.stop);
      return opened;
    }

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
        const executor = twoEnvironments().on('a1', async () =>
          away(retryable),
        );
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
  },
);
