// SPDX-License-Identifier: Apache-2.0
import {
  compareHealthByUrgency,
  HEALTH_CODES_BY_URGENCY,
  type Category,
  type HealthCode,
  type ModuleList,
  type ModuleSummary,
} from '@tenantry/backstage-plugin-tenants-common';

/** What the address says about the catalogue. */
export type ModuleFilters = {
  readonly q: string;
  readonly category: string | undefined;
  readonly health: HealthCode | undefined;
  /** Only modules that run somewhere on an older release. */
  readonly behind: boolean;
};

/** A category with its modules; without one, those that name none. */
export type ModuleShelf = {
  readonly category: Category | undefined;
  readonly modules: readonly ModuleSummary[];
};

const MAX_SEARCH_LENGTH = 100;

/** Reads the filters of an address; what makes no sense is left out. */
export function parseModuleFilters(search: URLSearchParams): ModuleFilters {
  const health = search.get('health')?.toLowerCase();
  return {
    q: (search.get('q') ?? '').slice(0, MAX_SEARCH_LENGTH),
    category: search.get('category') ?? undefined,
    health: HEALTH_CODES_BY_URGENCY.find(c => c.toLowerCase() === health),
    behind: search.get('behind') === '1',
  };
}

function textOf(module: ModuleSummary): string {
  const { name, displayName, description, category, owner, requires } = module;
  return [name, displayName, description, category, owner, ...requires]
    .join(' ')
    .toLowerCase();
}

function matches(module: ModuleSummary, filters: ModuleFilters): boolean {
  const { q, category, health, behind } = filters;
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const text = textOf(module);
  return (
    words.every(word => text.includes(word)) &&
    (category === undefined || (module.category ?? '') === category) &&
    (health === undefined || (module.health[health] ?? 0) > 0) &&
    (!behind || module.behind > 0)
  );
}

function worst(module: ModuleSummary): HealthCode {
  const codes = HEALTH_CODES_BY_URGENCY.filter(c => module.health[c]);
  return codes[0] ?? 'Healthy';
}

/** The modules that match, by category in the order of the definitions; in each, those that need a look first. */
export function selectShelves(
  list: ModuleList,
  filters: ModuleFilters,
): ModuleShelf[] {
  const shown = list.items
    .filter(module => matches(module, filters))
    .sort(
      (a, b) =>
        compareHealthByUrgency(worst(a), worst(b)) ||
        a.displayName.localeCompare(b.displayName),
    );
  const names = new Set(list.categories.map(c => c.name));
  const rest = shown.filter(module => !names.has(module.category ?? ''));
  return [
    ...list.categories.map(category => ({
      category,
      modules: shown.filter(module => module.category === category.name),
    })),
    { category: undefined, modules: rest },
  ].filter(shelf => shelf.modules.length > 0);
}
