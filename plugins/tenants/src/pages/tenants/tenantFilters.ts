// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES_BY_URGENCY,
  type HealthCode,
} from '@tenantry/backstage-plugin-tenants-common';

/** Columns the list can be sorted by. */
export const SORT_COLUMNS = [
  'health',
  'name',
  'owner',
  'tier',
  'cpu',
  'memory',
] as const;

/** One of {@link SORT_COLUMNS}. */
export type SortColumn = (typeof SORT_COLUMNS)[number];

/** What the address says about the list. */
export type TenantFilters = {
  readonly health: readonly HealthCode[];
  readonly mine: boolean;
  readonly tier: string | undefined;
  readonly cluster: string | undefined;
  readonly module: string | undefined;
  readonly q: string;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
};

/** Longest search text that is looked for. */
const MAX_SEARCH_LENGTH = 100;

/** Reads the filters of an address; what makes no sense is left out. */
export function parseFilters(search: URLSearchParams): TenantFilters {
  const wanted = (search.get('health') ?? '').toLowerCase().split(',');
  return {
    health: HEALTH_CODES_BY_URGENCY.filter(code =>
      wanted.includes(code.toLowerCase()),
    ),
    mine: search.get('mine') === '1',
    tier: search.get('tier') ?? undefined,
    cluster: search.get('cluster') ?? undefined,
    module: search.get('module') ?? undefined,
    q: (search.get('q') ?? '').slice(0, MAX_SEARCH_LENGTH),
    sort: parseSort(search.get('sort') ?? 'health'),
  };
}

function parseSort(text: string): TenantFilters['sort'] {
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  const column = SORT_COLUMNS.find(known => known === name);
  return column
    ? { column, descending }
    : { column: 'health', descending: false };
}

/** The value of `health=` for a set of codes; `undefined` for none, which is the default. */
export function formatHealthFilter(
  codes: readonly HealthCode[],
): string | undefined {
  return codes.length === 0 ? undefined : codes.join(',').toLowerCase();
}

/** The value of `sort=`; `undefined` for the default order. */
export function formatSort(sort: TenantFilters['sort']): string | undefined {
  if (sort.column === 'health' && !sort.descending) return undefined;
  return `${sort.descending ? '-' : ''}${sort.column}`;
}
