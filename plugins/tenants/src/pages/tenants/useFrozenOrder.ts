// SPDX-License-Identifier: Apache-2.0
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useMemo, useReducer, useRef } from 'react';

/** Rows move at most this often: what jumps several times a second cannot be read. */
export const REORDER_MS = 2_000;

/** Rows in the order to draw, and how many of them would move by sorting now. */
export type OrderedRows = {
  readonly rows: readonly TenantRow[];
  readonly moved: number;
};

/** How many of these places must change for all to rise: what is left beside the longest row of them that does. */
function countMoved(places: readonly number[]): number {
  // The smallest last place of a rising row of each length.
  const ends: number[] = [];
  for (const place of places) {
    const isHighest = place > (ends.at(-1) ?? -1);
    const at = isHighest ? ends.length : ends.findIndex(end => end >= place);
    ends[at] = place;
  }
  return places.length - ends.length;
}

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
  const wanted = new Map(rows.map(({ name }, index) => [name, index]));
  const moved = countMoved(kept.map(({ name }) => wanted.get(name) ?? 0));
  return { rows: kept, moved };
}

type Held = {
  readonly key: string;
  readonly order: readonly string[];
  /** When rows moved last; absent while they never did. */
  readonly movedAt?: number;
};

function isSameOrder(
  rows: readonly TenantRow[],
  order: readonly string[],
): boolean {
  if (rows.length !== order.length) return false;
  return rows.every((row, at) => row.name === order[at]);
}

/** How long rows have still to stand as they do, in milliseconds. */
function restOf({ movedAt }: Held, now: number): number {
  return movedAt === undefined ? 0 : movedAt + REORDER_MS - now;
}

/**
 * Holds the order of rows while somebody points at them or walks through them, and for a moment after they moved: values change
 * in place, rows do not jump.
 *
 * @param key - what the user chose to sort and filter by; a change of it sorts anew even while frozen.
 */
export function useFrozenOrder(
  rows: readonly TenantRow[],
  frozen: boolean,
  key: string,
): OrderedRows {
  const held = useRef<Held>();
  const wasFrozen = useRef(frozen);
  const [round, lookAgain] = useReducer((n: number) => n + 1, 0);
  const ordered = useMemo(() => {
    const known = held.current?.key === key ? held.current : undefined;
    // Who lets go of the rows wants them sorted at once.
    const isLetGo = wasFrozen.current && !frozen;
    wasFrozen.current = frozen;
    if (known && frozen) return keepOrder(rows, known.order);
    if (known && isSameOrder(rows, known.order)) return { rows, moved: 0 };
    const now = Date.now();
    const wait = known && !isLetGo ? restOf(known, now) : 0;
    if (known && wait > 0) {
      return { rows: keepOrder(rows, known.order).rows, moved: 0, wait };
    }
    const order = rows.map(row => row.name);
    const hasMoved = known !== undefined && known.order.length > 0;
    held.current = { key, order, ...(hasMoved && { movedAt: now }) };
    return { rows, moved: 0 };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the round says that it is time to look again
  }, [rows, frozen, key, round]);
  const isWaiting = 'wait' in ordered;
  useEffect(() => {
    if (!isWaiting || !held.current) return undefined;
    const wait = restOf(held.current, Date.now());
    const timer = setTimeout(lookAgain, Math.max(0, wait));
    return () => clearTimeout(timer);
    // A timer may fire a moment too early: each look that still waits sets the next.
  }, [isWaiting, round]);
  return ordered;
}
