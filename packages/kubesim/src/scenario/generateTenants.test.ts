// SPDX-License-Identifier: Apache-2.0
import { MemoryObjects } from '../controllers/testing/MemoryObjects';
import { createVirtualClock } from '../time/createVirtualClock';
import { generateTenants, loadTenants } from './generateTenants';

const SIZE = { tenants: 3, podsPerTenant: 15, seed: 4 };

it('makes as many tenants and pods as asked, owners first', () => {
  const all = [...generateTenants(SIZE)];
  const count = (resource: string) =>
    all.filter(each => each.resource === resource).length;
  expect([
    count('namespaces'),
    count('serviceaccounts'),
    count('deployments.apps'),
    count('replicasets.apps'),
    count('pods'),
  ]).toEqual([3, 6, 6, 6, 45]);
  expect(all[0].resource).toBe('namespaces');
  expect(new Set(all.map(({ object }) => object.metadata.uid)).size).toBe(
    all.length,
  );
});

it('makes pods of the size of real ones', () => {
  const sizes = [...generateTenants(SIZE)]
    .filter(({ resource }) => resource === 'pods')
    .map(({ object }) => JSON.stringify(object).length);
  expect(Math.min(...sizes)).toBeGreaterThan(7_000);
  expect(Math.max(...sizes)).toBeLessThan(10_000);
});

it('makes the same from the same seed', () => {
  const text = (seed: number) =>
    JSON.stringify([...generateTenants({ ...SIZE, seed })]);
  expect(text(4)).toBe(text(4));
  expect(text(4)).not.toBe(text(5));
});

it('loads them with the owners the cluster knows', () => {
  const objects = new MemoryObjects(createVirtualClock(0));
  expect(loadTenants(objects, SIZE)).toBe(66);
  const sets = new Set(
    objects.list('replicasets.apps').map(({ metadata }) => metadata.uid),
  );
  expect(
    objects
      .list('pods')
      .every(({ metadata }) =>
        sets.has(metadata.ownerReferences?.[0].uid ?? ''),
      ),
  ).toBe(true);
});
