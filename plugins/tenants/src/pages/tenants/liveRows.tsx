// SPDX-License-Identifier: Apache-2.0
import { Cell, type ColumnConfig } from '@backstage/ui';
import {
  createContext,
  memo,
  useContext,
  useMemo,
  useState,
  type ComponentType,
} from 'react';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import type { TenantItem } from './tenantItems';

/**
 * A row as the table knows it: its name and nothing that changes. BUI's table builds all its rows anew when one of them is another
 * object, which for a thousand takes longer than a frame; so it is told only of other rows and another order, and the cells that
 * are on the screen read the rest themselves.
 */
export type RowKey = { readonly id: string };

/** The rows by name, for the cells. */
export const RowsContext = createContext<ReadonlyMap<string, TenantItem>>(
  new Map(),
);

/** The keys of rows in their order: the same array while rows and order are the same, and always the same key for a name. */
export function useRowKeys(
  rows: readonly TenantRow[] | undefined,
): RowKey[] | undefined {
  const [known] = useState(() => new Map<string, RowKey>());
  const order = rows && JSON.stringify(rows.map(({ name }) => name));
  return useMemo(() => {
    if (order === undefined) return undefined;
    const names: string[] = JSON.parse(order);
    const keys = names.map(id => known.get(id) ?? { id });
    known.clear();
    for (const key of keys) known.set(key.id, key);
    return keys;
  }, [order, known]);
}

/** What a cell shows of a row. */
export type RowContent = ComponentType<{ readonly row: TenantItem }>;

/** A column whose cells follow their rows. */
export function liveColumn(
  column: Omit<ColumnConfig<RowKey>, 'cell'>,
  content: RowContent,
): ColumnConfig<RowKey> {
  const Content = memo(content);
  function Live({ id }: RowKey) {
    const row = useContext(RowsContext).get(id);
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
