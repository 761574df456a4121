// SPDX-License-Identifier: Apache-2.0
import {
  compareHealthByUrgency,
  type HealthCounts,
  type TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import type { SortColumn, TenantFilters } from './tenantFilters';

/** What the list shows of all rows. */
export type SelectedRows = {
  readonly rows: readonly TenantRow[];
  /** Over the rows that fit everything but the health filter, so that the strip can lead further. */
  readonly counts: HealthCounts;
  readonly total: number;
};

/** Filters, counts and sorts. Pure. */
export function selectRows(
  all: readonly TenantRow[],
  filters: TenantFilters,
  isMine: (row: TenantRow) => boolean,
): SelectedRows {
  const fitting = all.filter(row => fits(row, filters, isMine));
  const counts: HealthCounts = {};
  for (const row of fitting) {
    counts[row.health.code] = (counts[row.health.code] ?? 0) + 1;
  }
  const shown =
    filters.health.length === 0
      ? fitting
      : fitting.filter(row => filters.health.includes(row.health.code));
  return {
    rows: sortRows(shown, filters.sort),
    counts,
    total: fitting.length,
  };
}

function fits(
  row: TenantRow,
  filters: TenantFilters,
  isMine: (row: TenantRow) => boolean,
): boolean {
  const { mine, tier, cluster, module, q } = filters;
  if (mine && !isMine(row)) return false;
  if (tier !== undefined && row.tier !== tier) return false;
  if (module !== undefined && !row.modules.includes(module)) return false;
  if (
    cluster !== undefined &&
    !row.environments.some(e => e.cluster === cluster)
  ) {
    return false;
  }
  return q === '' || searchText(row).includes(q.toLowerCase());
}

function searchText(row: TenantRow): string {
  const { name, owner = '', modules, health } = row;
  return [name, owner, ...modules, health.reason, health.message]
    .join('\n')
    .toLowerCase();
}

// Made once: to find the rules of a language for each comparison is what takes most of the time to sort a thousand.
const byText = new Intl.Collator().compare;

const comparisons: Record<SortColumn, (a: TenantRow, b: TenantRow) => number> =
  {
    health: (a, b) => compareHealthByUrgency(a.health.code, b.health.code),
    name: (a, b) => byText(a.name, b.name),
    owner: (a, b) => byText(a.owner ?? '', b.owner ?? ''),
    tier: (a, b) => byText(a.tier ?? '', b.tier ?? ''),
    cpu: (a, b) => share(a.cpu) - share(b.cpu),
    memory: (a, b) => share(a.memory) - share(b.memory),
  };

function share(usage: TenantRow['cpu']): number {
  return usage && usage.hard > 0 ? usage.used / usage.hard : -1;
}

function sortRows(
  rows: readonly TenantRow[],
  sort: TenantFilters['sort'],
): TenantRow[] {
  const compare = comparisons[sort.column];
  const sign = sort.descending ? -1 : 1;
  return [...rows].sort(
    (a, b) => sign * compare(a, b) || byText(a.name, b.name),
  );
}

/** Every value a filter can take, in order. */
export function filterOptions(all: readonly TenantRow[]) {
  const tiers = new Set<string>();
  const clusters = new Set<string>();
  const modules = new Set<string>();
  for (const row of all) {
    if (row.tier !== undefined) tiers.add(row.tier);
    for (const environment of row.environments) {
      clusters.add(environment.cluster);
    }
    for (const module of row.modules) modules.add(module);
  }
  return {
    tiers: [...tiers].sort(),
    clusters: [...clusters].sort(),
    modules: [...modules].sort(),
  };
}
