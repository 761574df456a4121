// SPDX-License-Identifier: Apache-2.0
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { RequestLimits, TooManyRequestsError } from './RequestLimits';

const directory = resolvePackagePath(
  '@tenantry/backstage-plugin-tenants-backend',
  'migrations',
);
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const budget = { cheap: 3, expensive: 2 };
const ann = 'user:default/ann';

describe.each(databases.eachSupportedId())('RequestLimits on %s', id => {
  async function open() {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory });
    return knex;
  }

  it('refuses what is above the budget, saying when to come back', async () => {
    const limits = new RequestLimits(budget, await open());
    for (let i = 0; i < budget.cheap; i++) await limits.take(ann, 'cheap');
    const refusal = await limits.take(ann, 'cheap').catch((e: unknown) => e);
    expect(refusal).toBeInstanceOf(TooManyRequestsError);
    expect(refusal).toMatchObject({ statusCode: 429 });
    const { retryAfterSeconds } = refusal as TooManyRequestsError;
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  it('counts each caller and each cost by itself', async () => {
    const limits = new RequestLimits(budget, await open());
    for (let i = 0; i < budget.cheap; i++) await limits.take(ann, 'cheap');
    await expect(limits.take(ann, 'expensive')).resolves.toBeUndefined();
    await expect(
      limits.take('user:default/bob', 'cheap'),
    ).resolves.toBeUndefined();
  });

  it('counts expensive requests of all processes together where they share a PostgreSQL, else each by itself', async () => {
    const knex = await open();
    const [one, other] = [1, 2].map(() => new RequestLimits(budget, knex));
    for (let i = 0; i < budget.expensive; i++) await one.take(ann, 'expensive');
    const refusal = await other.take(ann, 'expensive').catch((e: unknown) => e);
    expect(refusal instanceof TooManyRequestsError).toBe(id === 'POSTGRES_18');
  });
});

it('counts by itself while the shared database is away', async () => {
  const [id] = databases
    .eachSupportedId()
    .flat()
    .filter(s => s !== 'SQLITE_3');
  // Without a PostgreSQL at hand there is nothing that could be away.
  if (!id) return;
  const knex = await databases.init(id);
  const limits = new RequestLimits(budget, knex);
  // The table is missing.
  for (let i = 0; i < budget.expensive; i++)
    await limits.take(ann, 'expensive');
  await expect(limits.take(ann, 'expensive')).rejects.toBeInstanceOf(
    TooManyRequestsError,
  );
});

it('holds less than 1 MiB for 1,000 callers', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const usedBytes = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const limits = new RequestLimits({ cheap: 600, expensive: 60 });
  await limits.take(ann, 'cheap');
  const before = usedBytes();
  // Ten times as many, so that what else the process does weighs little.
  for (let i = 0; i < 10_000; i++) {
    await limits.take(`user:default/user-${i}`, 'cheap');
    await limits.take(`user:default/user-${i}`, 'expensive');
  }
  const grown = (usedBytes() - before) / 10;
  expect(grown).toBeGreaterThan(0);
  expect(grown).toBeLessThan(1024 ** 2);
  // What was measured is still there.
  await limits.take(ann, 'cheap');
});
