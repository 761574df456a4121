// SPDX-License-Identifier: Apache-2.0
import { Cell, type ColumnConfig } from '@backstage/ui';
import {
  createContext,
  memo,
  useContext,
  useMemo,
  type ComponentType,
} from 'react';
import type { TenantItem } from './tenantItems';

/**
 * A row as the table knows it: its place, and nothing that changes. BUI's table builds all its rows anew when one of them is another
 * object or stands elsewhere, which for a thousand takes longer than a frame; so it knows how many there are, and the cells that
 * are on the screen read what stands in their place.
 */
export type RowKey = { readonly id: string };

/** The rows in their order, for the cells. */
export const RowsContext = createContext<readonly TenantItem[]>([]);

/** Always the same key for a place. */
const places: RowKey[] = [];

/** Keys for so many rows; `undefined` while nobody knows how many. */
export function useRowKeys(count: number | undefined): RowKey[] | undefined {
  return useMemo(() => {
    if (count === undefined) return undefined;
    while (places.length < count) places.push({ id: String(places.length) });
    return places.slice(0, count);
  }, [count]);
}

/** The row in a place; `undefined` when there are fewer. */
export function rowAt(
  rows: readonly TenantItem[],
  { id }: RowKey,
): TenantItem | undefined {
  return rows[Number(id)];
}

/** What a cell shows of a row. */
export type RowContent = ComponentType<{ readonly row: TenantItem }>;

/** A column whose cells follow the rows in their places. */
export function liveColumn(
  column: Omit<ColumnConfig<RowKey>, 'cell'>,
  content: RowContent,
): ColumnConfig<RowKey> {
  const Content = memo(content);
  function Live(key: RowKey) {
    const row = rowAt(useContext(RowsContext), key);
    return row ? <Content row={row} /> : null;
  }
  return {
    ...column,
    cell: ({ id }) => (
      <Cell>
        <Live id={id} />
      </Cell>
    ),
  };
}
