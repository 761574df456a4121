// SPDX-License-Identifier: Apache-2.0
import type {
  HealthCounts,
  TenantListQuery,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantPredicate } from '@tenantry/backstage-plugin-tenants-node';
import { readPageCursor, writePageCursor } from './pageCursor';
import { rowOrder } from './rowOrder';
import type { TenantSnapshot } from './TenantSnapshot';

/** The rows of one page, and what is said about all pages. */
export type SelectedRows = {
  readonly rows: readonly TenantSnapshot[];
  readonly totalItems: number;
  readonly counts: HealthCounts;
  /** `undefined` on the last page. */
  readonly nextCursor: string | undefined;
};

/**
 * Picks one page of what a caller may see.
 *
 * @param sorted - All tenants, in the order that the query asks for.
 * @throws InputError when the cursor is none of this list
 */
export function selectRows(
  sorted: readonly TenantSnapshot[],
  query: TenantListQuery,
  visible: TenantPredicate,
): SelectedRows {
  const order = rowOrder(query.sort);
  const after =
    query.cursor === undefined
      ? undefined
      : readPageCursor(query.sort, query.cursor);
  const candidates = sorted.filter(
    snapshot => visible(snapshot.facts) && matches(snapshot, query),
  );
  const matching = candidates.filter(({ row }) =>
    includes(query.health, row.health.code),
  );
  const rest = after
    ? matching.filter(
        ({ row }) => order.compare(order.positionOf(row), after) > 0,
      )
    : matching;
  const rows = rest.slice(0, query.limit);
  const last = rows[rows.length - 1];
  return {
    rows,
    totalItems: matching.length,
    counts: countByHealth(candidates),
    nextCursor:
      last && rest.length > rows.length
        ? writePageCursor(query.sort, order.positionOf(last.row))
        : undefined,
  };
}

/** How many tenants stand at each code. */
export function countByHealth(
  snapshots: Iterable<Pick<TenantSnapshot, 'row'>>,
): HealthCounts {
  const counts: HealthCounts = {};
  for (const { row } of snapshots) {
    counts[row.health.code] = (counts[row.health.code] ?? 0) + 1;
  }
  return counts;
}

function matches(
  { row, searchText }: TenantSnapshot,
  query: TenantListQuery,
): boolean {
  return (
    includes(query.owner, row.owner) &&
    includes(query.tier, row.tier) &&
    includesAny(
      query.cluster,
      row.environments.map(e => e.cluster),
    ) &&
    includesAny(query.module, row.modules) &&
    (!query.q || searchText.includes(query.q.toLocaleLowerCase('en-US')))
  );
}

function includesAny<T>(
  allowed: readonly T[] | undefined,
  values: readonly T[],
): boolean {
  return !allowed || values.some(value => allowed.includes(value));
}

function includes<T>(
  allowed: readonly T[] | undefined,
  value: T | undefined,
): boolean {
  if (!allowed) return true;
  return value !== undefined && allowed.includes(value);
}
