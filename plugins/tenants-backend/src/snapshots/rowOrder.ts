// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES_BY_URGENCY,
  type TenantListQuery,
  type TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';

/** Where a row stands in an order: by its key, then by name. */
export type RowPosition = {
  readonly key: string | number;
  readonly name: string;
};

/** An order of rows. */
type RowOrder = {
  positionOf(row: TenantRow): RowPosition;
  compare(a: RowPosition, b: RowPosition): number;
};

/** Sorts after everything that names have. */
const LAST = '\uffff';

const keys: Record<
  TenantListQuery['sort'],
  (row: TenantRow) => string | number
> = {
  health: row => HEALTH_CODES_BY_URGENCY.indexOf(row.health.code),
  name: () => '',
  '-name': () => '',
  owner: row => row.owner ?? LAST,
  tier: row => row.tier ?? LAST,
  '-cpu': row => (row.cpu ? -row.cpu.used : 1),
  '-memory': row => (row.memory ? -row.memory.used : 1),
};

/** The order a list is asked for in. It is total, so that pages neither overlap nor leave rows out. */
export function rowOrder(sort: TenantListQuery['sort']): RowOrder {
  const keyOf = keys[sort];
  const direction = sort === '-name' ? -1 : 1;
  return {
    positionOf: row => ({ key: keyOf(row), name: row.name }),
    compare: (a, b) => order(a.key, b.key) || order(a.name, b.name) * direction,
  };
}

function order(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
