// SPDX-License-Identifier: Apache-2.0
import { tenantRowFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { capacityByTier } from './capacity';

const gold = { name: 'gold', displayName: 'Gold', quota: {} };

describe('capacityByTier', () => {
  it('sums what is known, keeps an unused tier, and puts what has no definition last', () => {
    const rows = [
      tenantRowFixture({ tier: 'gold', cpu: { used: 1, hard: 4 } }),
      tenantRowFixture({ tier: 'gold', cpu: undefined, memory: undefined }),
      tenantRowFixture({ tier: 'lead', cpu: { used: 2, hard: 2 } }),
      tenantRowFixture({ tier: undefined }),
    ];
    const silver = { ...gold, name: 'silver' };
    const capacity = capacityByTier(rows, [silver, gold]);
    expect(capacity.map(({ name }) => name)).toEqual([
      'silver',
      'gold',
      'lead',
      undefined,
    ]);
    expect(capacity[0]).toMatchObject({ tenants: 0, known: 0, cpu: undefined });
    expect(capacity[1]).toMatchObject({
      tenants: 2,
      known: 1,
      cpu: { used: 1, hard: 4 },
    });
  });
});
