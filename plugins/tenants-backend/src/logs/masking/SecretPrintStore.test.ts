// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { KnownSecrets } from './KnownSecrets';
import { PRINT_LIMITS, SecretPrintStore } from './SecretPrintStore';

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});
const directory = resolvePackagePath(
  '@tenantry/backstage-plugin-tenants-backend',
  'migrations',
);

describe.each(databases.eachSupportedId())('prints of secrets on %p', id => {
  async function open() {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory });
    const clock = { time: 0, now: () => (clock.time += 1_000) };
    return { knex, store: new SecretPrintStore(knex, clock) };
  }
  const masked = async (store: SecretPrintStore, text: string, tenant = 'a') =>
    new KnownSecrets(await store.forTenant(tenant)).find(text).length;

  it('know a value again, for its tenant only, and never hold it', async () => {
    const { knex, store } = await open();
    await store.remember('a', 'production/db', 'correct-horse');
    expect(await masked(store, 'password=correct-horse')).toBeGreaterThan(0);
    expect(await masked(store, 'password=correct-house')).toBe(0);
    expect(await masked(store, 'password=correct-horse', 'b')).toBe(0);
    const rows = await knex('secret_prints').select();
    expect(JSON.stringify(rows)).not.toContain('correct-horse');
  });

  it('keep the newest values of a secret, for pods that still use the one before', async () => {
    const { knex, store } = await open();
    const values = ['value-one', 'value-two', 'value-three', 'value-four'];
    for (const value of values) await store.remember('a', 'p/db', value);
    const found = await Promise.all(values.map(v => masked(store, v)));
    expect(found.map(n => n > 0)).toEqual([false, true, true, true]);
    const [{ count }] = await knex('secret_prints').count({ count: '*' });
    expect(Number(count)).toBe(PRINT_LIMITS.perSecret);
  });

  it('leave short values alone', async () => {
    const { store } = await open();
    await store.remember('a', 'p/db', 'admin');
    expect(await masked(store, 'admin')).toBe(0);
  });

  it('can be taken back', async () => {
    const { knex } = await open();
    await knex.migrate.rollback({ directory }, true);
    expect(await knex.schema.hasTable('secret_prints')).toBe(false);
  });
});
