// SPDX-License-Identifier: Apache-2.0
import {
  rollUpFixture,
  tenantRowFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { selectRows } from './selectRows';
import { formatHealthFilter, formatSort, parseFilters } from './tenantFilters';
import { keepOrder } from './useFrozenOrder';

const rows = [
  tenantRowFixture({ name: 'b', tier: 'bronze', cpu: { used: 7, hard: 8 } }),
  tenantRowFixture({ name: 'a', modules: ['spark'], cpu: undefined }),
  tenantRowFixture({
    name: 'c',
    health: rollUpFixture('Unknown'),
    owner: undefined,
  }),
];

function names(query: string) {
  const filters = parseFilters(new URLSearchParams(query));
  return selectRows(rows, filters, row => row.name === 'b').rows.map(
    row => row.name,
  );
}

describe('selectRows', () => {
  it.each([
    ['', ['c', 'a', 'b']],
    ['sort=-name', ['c', 'b', 'a']],
    ['sort=-cpu', ['b', 'c', 'a']],
    ['sort=nonsense', ['c', 'a', 'b']],
    ['sort=owner', ['c', 'a', 'b']],
    ['sort=tier', ['b', 'a', 'c']],
    ['sort=memory', ['a', 'b', 'c']],
    ['mine=1', ['b']],
    ['tier=bronze', ['b']],
    ['module=spark', ['a']],
    ['cluster=elsewhere', []],
    ['health=unknown,missing', ['c']],
    ['q=SPARK', ['a']],
  ])('for %j gives %j', (query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  it('counts over everything but the health filter', () => {
    const filters = parseFilters(new URLSearchParams('health=unknown'));
    const selected = selectRows(rows, filters, () => false);
    expect(selected.counts).toEqual({ Healthy: 2, Unknown: 1 });
    expect(selected.total).toBe(3);
  });
});

describe('the address', () => {
  it('leaves out defaults', () => {
    expect(formatHealthFilter([])).toBeUndefined();
    expect(formatSort({ column: 'health', descending: false })).toBeUndefined();
    expect(formatHealthFilter(['Degraded', 'Unknown'])).toBe(
      'degraded,unknown',
    );
    expect(formatSort({ column: 'cpu', descending: true })).toBe('-cpu');
  });
});

describe('keepOrder', () => {
  it('holds the order, drops what is gone, puts what is new last and counts what would move', () => {
    const kept = keepOrder(rows, ['a', 'x', 'b']);
    expect(kept.rows.map(row => row.name)).toEqual(['a', 'b', 'c']);
    // `a` goes behind `b`, and all others stay as they are.
    expect(kept.moved).toBe(1);
    expect(keepOrder(rows, ['b', 'a', 'c']).moved).toBe(0);
  });
});
