// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { operationSchema } from '@tenantry/backstage-plugin-tenants-common';
import { held } from '../testing/held';
import {
  newOperation,
  openOperationStore,
} from '../testing/openOperationStore';
import { type Lease } from './Lease';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const DAY_MS = 24 * 60 * 60 * 1000;

const completed = {
  event: { type: 'completed' },
  entry: {},
} as const;

describe.each(databases.eachSupportedId())(
  'what operations leave behind on %s',
  id => {
    async function open() {
      return openOperationStore(await databases.init(id));
    }
    type Opened = Awaited<ReturnType<typeof open>>;

    async function claimed({ store }: Opened): Promise<Lease> {
      return held(await store.claims.claim('queue'));
    }

    it('journals steps and events under one number each, without gaps', async () => {
      const opened = await open();
      const { store } = opened;
      await store.queue.enqueue(newOperation());
      const lease = await claimed(opened);
      const plan = (key: string, position: number, begins = false) => ({
        key,
        title: `Do ${key}`,
        environment: 'prod',
        cluster: 'east',
        wave: 0,
        input: { key, text: 'a\u0000b' },
        position,
        begins,
      });
      await store.journal.write(lease, {
        planned: true,
        newSteps: [plan('a', 0, true), plan('b', 1)],
        events: [{ type: 'step', level: 'info', step: 0, message: 'Do a' }],
      });
      await store.journal.write(lease, {
        result: { revision: 3 },
        steps: [
          {
            key: 'a',
            state: 'succeeded',
            ends: true,
            message: 'done\u0000',
            changes: [
              {
                action: 'created',
                apiVersion: 'v1',
                kind: 'ConfigMap',
                name: 'x',
                fields: [],
              },
            ],
          },
          { key: 'b', state: 'running', position: 2, begins: true },
        ],
        newSteps: [plan('c', 1)],
        events: [
          { type: 'log', level: 'warning', step: 0, message: 'careful\u0000' },
          { type: 'step', level: 'info', step: 2, message: 'Do b' },
        ],
      });
      const operation = operationSchema.parse(
        await store.history.get(lease.id),
      );
      expect(
        operation.steps.map(({ title, state, message }) => [
          title,
          state,
          message,
        ]),
      ).toEqual([
        ['Do a', 'succeeded', 'done'],
        ['Do c', 'pending', undefined],
        ['Do b', 'running', undefined],
      ]);
      expect(operation.steps[0].endedAt).toBeDefined();
      expect(operation.changes?.counts).toEqual({ created: 1 });
      expect(operation.result).toEqual({ revision: 3 });
      const row = await store.history.find(lease.id);
      if (!row) throw new Error('gone');
      const list = await store.history.listEvents(row, { after: 0, limit: 3 });
      expect(list.items.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      const rest = await store.history.listEvents(row, {
        after: list.after,
        limit: 10,
      });
      expect(rest.items.map(({ seq, message }) => [seq, message])).toEqual([
        [4, 'careful'],
        [5, 'Do b'],
      ]);
      expect(rest.ended).toBe(false);
      const [step] = await store.journal.steps(lease);
      expect(JSON.parse(step.input)).toEqual({ key: 'a', text: 'ab' });
    });

    it('lists newest first in pages, filtered', async () => {
      const opened = await open();
      const { store } = opened;
      for (let i = 0; i < 5; i++) {
        await store.queue.enqueue(
          newOperation({
            tenant: i % 2 === 0 ? 'shop' : 'bank',
            title: `n${i}`,
            environments: i === 4 ? ['prod', 'test'] : ['prod'],
          }),
        );
      }
      await store.journal.settle(await claimed(opened), completed);
      const titles = async (query: object) =>
        (await store.history.list({ limit: 50, ...query })).items.map(
          ({ title }) => title,
        );
      const { history } = store;
      const first = await history.list({ limit: 2 });
      expect(first.items.map(({ title }) => title)).toEqual(['n4', 'n3']);
      const { nextCursor: cursor } = first;
      expect(await titles({ limit: 2, cursor })).toEqual(['n2', 'n1']);
      expect(await titles({ tenant: 'bank' })).toEqual(['n3', 'n1']);
      expect(await titles({ state: 'ended' })).toEqual(['n0']);
      expect(await titles({ state: 'succeeded' })).toEqual(['n0']);
      expect(await titles({ tenant: 'shop', state: 'active' })).toEqual([
        'n4',
        'n2',
      ]);
      expect(await titles({ environment: 'test' })).toEqual(['n4']);
      expect(await titles({ environment: '%' })).toEqual([]);
      expect(await titles({ type: 'apply' })).toEqual([]);
      expect(await titles({ requestedBy: 'nobody' })).toEqual([]);
      expect(await history.counts()).toEqual({ queued: 4 });
    });

    it('forgets what ended longer ago than 30 days', async () => {
      const opened = await open();
      const { store, clock, knex } = opened;
      await store.queue.enqueue(newOperation());
      await store.journal.settle(await claimed(opened), completed);
      clock.advance(29 * DAY_MS);
      await store.queue.enqueue(newOperation({ title: 'kept' }));
      expect(await store.history.removeOld()).toBe(0);
      clock.advance(2 * DAY_MS);
      expect(await store.history.removeOld()).toBe(1);
      const left = await store.history.list({ limit: 9 });
      expect(left.items.map(({ title }) => title)).toEqual(['kept']);
      expect(await knex('operation_events').select('seq')).toHaveLength(1);
    });
  },
);
