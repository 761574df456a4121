// SPDX-License-Identifier: Apache-2.0
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useRef } from 'react';

/** Rows in the order to draw, and how many of them would move by sorting now. */
export type OrderedRows = {
  readonly rows: readonly TenantRow[];
  readonly moved: number;
};

/** Puts rows into an order made before: rows that are gone are left out, new ones come last. Pure. */
export function keepOrder(
  rows: readonly TenantRow[],
  order: readonly string[],
): OrderedRows {
  const place = new Map(order.map((name, index) => [name, index]));
  const last = order.length;
  const kept = [...rows].sort(
    (a, b) => (place.get(a.name) ?? last) - (place.get(b.name) ?? last),
  );
  const moved = kept.filter((row, i) => row !== rows[i]).length;
  return { rows: kept, moved };
}

/**
 * Holds the order of rows while somebody points at them or walks through them: values change in place, rows do not jump.
 *
 * @param key - what the user chose to sort and filter by; a change of it sorts anew even while frozen.
 */
export function useFrozenOrder(
  rows: readonly TenantRow[],
  frozen: boolean,
  key: string,
): OrderedRows {
  const held = useRef<{ key: string; order: readonly string[] }>();
  return useMemo(() => {
    if (frozen && held.current?.key === key) {
      return keepOrder(rows, held.current.order);
    }
    held.current = { key, order: rows.map(row => row.name) };
    return { rows, moved: 0 };
  }, [rows, frozen, key]);
}
