// SPDX-License-Identifier: Apache-2.0
import type {
  Freshness,
  Operation,
  PartialData,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';

/** A row as BUI's table wants it, with what the stream of tenants does not say. */
export type TenantItem = TenantRow & {
  readonly id: string;
  /** The newest operation; absent when there is none lately, or the user may not know. */
  readonly last?: Operation;
  /** How old its data is; absent when it is of now. */
  readonly old?: {
    readonly freshness: Freshness;
    readonly observedAt?: string;
  };
};

// A row that did not change stays the same item, so that the table draws only what changed.
const items = new WeakMap<TenantRow, TenantItem>();

/** The newest operation of each tenant. Pure. */
export function lastOperations(
  operations: readonly Operation[],
): ReadonlyMap<string, Operation> {
  const last = new Map<string, Operation>();
  for (const operation of operations) {
    if (!last.has(operation.tenant)) last.set(operation.tenant, operation);
  }
  return last;
}

/** What the item of a row is made of. */
export type ItemFacts = {
  readonly last: ReadonlyMap<string, Operation>;
  readonly partial: readonly PartialData[];
};

/** The item of a row; the same one while nothing about it changed. */
export function toTenantItem(row: TenantRow, facts: ItemFacts): TenantItem {
  const last = facts.last.get(row.name);
  const old = ageOf(row, facts.partial);
  const known = items.get(row);
  const isSame =
    known?.last === last &&
    known?.old?.freshness === old?.freshness &&
    known?.old?.observedAt === old?.observedAt;
  if (known && isSame) return known;
  const item = {
    ...row,
    id: row.name,
    ...(last && { last }),
    ...(old && { old }),
  };
  items.set(row, item);
  return item;
}

/** The oldest that a row is made of. */
function ageOf(
  { environments }: TenantRow,
  partial: readonly PartialData[],
): TenantItem['old'] {
  const states = environments.map(e => e.freshness);
  const freshness = (['stale', 'refreshing'] as const).find(state =>
    states.includes(state),
  );
  if (!freshness) return undefined;
  const clusters = environments
    .filter(e => e.freshness === freshness)
    .map(e => e.cluster);
  const [observedAt] = partial
    .filter(part => clusters.includes(part.cluster))
    .flatMap(part => part.observedAt ?? [])
    .sort();
  return { freshness, ...(observedAt && { observedAt }) };
}
