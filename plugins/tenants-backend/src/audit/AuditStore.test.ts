// SPDX-License-Identifier: Apache-2.0
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { auditQuerySchema } from '@tenantry/backstage-plugin-tenants-common';
import type { Knex } from 'knex';
import { FakeClock } from '../time/testing/FakeClock';
import { AUDIT_LIMITS, AuditStore } from './AuditStore';

const directory = resolvePackagePath(
  '@tenantry/backstage-plugin-tenants-backend',
  'migrations',
);
const DAY_MS = 24 * 60 * 60 * 1000;
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const everything = auditQuerySchema.parse({});

function act(action: string, tenant = 'shop', actor = 'user:default/ann') {
  return {
    tenant,
    actor,
    action,
    outcome: 'allowed',
    detail: { pod: 'api-0' },
  } as const;
}

async function open(id: Parameters<typeof databases.init>[0]) {
  const knex: Knex = await databases.init(id);
  await knex.migrate.latest({ directory });
  const clock = new FakeClock();
  return { knex, clock, store: new AuditStore(knex, clock) };
}

describe.each(databases.eachSupportedId())('AuditStore on %s', id => {
  it('numbers the events of each tenant and lists them newest first, in pages', async () => {
    const { store } = await open(id);
    for (const action of ['logs.read', 'audit.read', 'logs.read']) {
      await store.append(act(action));
    }
    await store.append(act('logs.read', 'bank'));
    const first = await store.list('shop', { ...everything, limit: 2 });
    expect(first.items.map(({ seq, action }) => [seq, action])).toEqual([
      [3, 'logs.read'],
      [2, 'audit.read'],
    ]);
    expect(first.chain).toEqual({ checked: 3 });
    const { nextCursor: cursor } = first;
    const second = await store.list('shop', {
      ...everything,
      limit: 2,
      cursor,
    });
    expect(second.items).toEqual([
      expect.objectContaining({ seq: 1, detail: { pod: 'api-0' } }),
    ]);
    expect(second.nextCursor).toBeUndefined();
    expect((await store.list('bank', everything)).items).toHaveLength(1);
  });

  it('filters by actor, action, outcome and time', async () => {
    const { store, clock } = await open(id);
    await store.append(act('logs.read'));
    clock.advance(DAY_MS);
    const noon = new Date(clock.now()).toISOString();
    await store.append(act('audit.read', 'shop', 'user:default/bob'));
    const seqs = async (query: object) =>
      (await store.list('shop', { ...everything, ...query })).items.map(
        ({ seq }) => seq,
      );
    expect(await seqs({ actor: 'user:default/bob' })).toEqual([2]);
    expect(await seqs({ action: 'logs.read' })).toEqual([1]);
    expect(await seqs({ outcome: 'denied' })).toEqual([]);
    expect(await seqs({ from: noon })).toEqual([2]);
    expect(await seqs({ to: noon })).toEqual([1]);
  });

  it('chains events that are appended at once without a gap', async () => {
    const { store } = await open(id);
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => store.append(act(`a${i}`))),
    );
    const { items, chain } = await store.list('shop', everything);
    expect(items.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 12 }, (_, i) => 12 - i),
    );
    expect(chain).toEqual({ checked: 12 });
  });

  it('refuses changes, and shows where somebody got round that', async () => {
    const { store, knex } = await open(id);
    for (const action of ['a', 'b', 'c']) await store.append(act(action));
    const second = () => knex('audit_events').where({ tenant: 'shop', seq: 2 });
    await expect(
      second().update({ actor: 'user:default/bob' }),
    ).rejects.toThrow('append-only');
    const [row] = await second();
    await second().delete();
    expect((await store.list('shop', everything)).chain.brokenAt).toBe(3);
    await knex('audit_events').insert({ ...row, actor: 'user:default/bob' });
    expect((await store.list('shop', everything)).chain.brokenAt).toBe(2);
  });

  it('writes with the work it records, or not at all', async () => {
    const { store, knex } = await open(id);
    await expect(
      knex.transaction(async trx => {
        await store.append(act('apply'), trx);
        throw new Error('the work failed');
      }),
    ).rejects.toThrow('the work failed');
    expect((await store.list('shop', everything)).items).toEqual([]);
  });

  it('forgets what is older than 400 days and still fits together', async () => {
    const { store, clock } = await open(id);
    await store.append(act('old'));
    clock.advance((AUDIT_LIMITS.keptDays + 1) * DAY_MS);
    await store.append(act('new'));
    expect(await store.removeOld()).toBe(1);
    const { items, chain } = await store.list('shop', everything);
    expect(items.map(({ seq }) => seq)).toEqual([2]);
    expect(chain).toEqual({ checked: 1 });
  });

  it('can be taken back', async () => {
    const { knex } = await open(id);
    await knex.migrate.rollback({ directory });
    expect(await knex.schema.hasTable('audit_events')).toBe(false);
    await knex.migrate.latest({ directory });
    expect(await knex.schema.hasTable('audit_events')).toBe(true);
  });
});
