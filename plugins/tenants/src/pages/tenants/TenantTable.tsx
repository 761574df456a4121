// SPDX-License-Identifier: Apache-2.0
import { Button, Table, useBreakpoint } from '@backstage/ui';
import type {
  Operation,
  PartialData,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useGo, useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { rowAt, RowsContext, useRowKeys, type RowKey } from './liveRows';
import { SortField } from './SortField';
import { TenantCards } from './TenantCards';
import { tenantColumns, type Room } from './tenantColumns';
import { SORT_COLUMNS, type TenantFilters } from './tenantFilters';
import {
  lastOperations,
  toTenantItem,
  type ItemFacts,
  type TenantItem,
} from './tenantItems';
import { useFrozenOrder } from './useFrozenOrder';

/** From this many rows on only those in view are drawn. */
const VIRTUAL_FROM = 100;
const ROW_HEIGHT = 44;
const NO_OPERATIONS: readonly Operation[] = [];
const NO_ROWS: readonly TenantRow[] = [];
const NO_ITEMS: readonly TenantItem[] = [];

function useRoom(): Room {
  const { down } = useBreakpoint();
  if (down('sm')) return 'phone';
  if (down('md')) return 'narrow';
  return down('lg') ? 'medium' : 'wide';
}

/** Props of {@link TenantTable}. */
export type TenantTableProps = {
  /** Absent while loading. */
  readonly rows: readonly TenantRow[] | undefined;
  readonly filters: TenantFilters;
  readonly onSort: (sort: TenantFilters['sort']) => void;
  /** Newest first; absent where the user may not know them. */
  readonly operations: readonly Operation[] | undefined;
  readonly partial: readonly PartialData[];
};

function useFacts(props: TenantTableProps): ItemFacts {
  const { operations = NO_OPERATIONS, partial } = props;
  const last = useMemo(() => lastOperations(operations), [operations]);
  return useMemo(() => ({ last, partial }), [last, partial]);
}

/** The rows of the tenants list. The order holds still while the pointer or the focus is in it. */
export function TenantTable(props: TenantTableProps) {
  const { rows, filters, onSort, operations } = props;
  const t = useText();
  const room = useRoom();
  const withLast = operations !== undefined;
  const columns = useMemo(
    () => tenantColumns(t, room, withLast),
    [t, room, withLast],
  );
  const facts = useFacts(props);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const key = JSON.stringify(filters);
  const ordered = useFrozenOrder(rows ?? NO_ROWS, pointed || focused, key);
  const items = useMemo(
    () => ordered.rows.map(row => toTenantItem(row, facts)),
    [ordered.rows, facts],
  );
  return (
    <>
      {room === 'phone' && <SortField sort={filters.sort} onSort={onSort} />}
      {ordered.moved > 0 && (
        <div className={`${classes.row} ${classes.small} ${classes.muted}`}>
          {t('list.orderChanged', { count: ordered.moved })}
          <Button
            size="small"
            variant="tertiary"
            onPress={() => {
              setPointed(false);
              setFocused(false);
            }}
          >
            {t('list.resort')}
          </Button>
        </div>
      )}
      <div
        className={room === 'phone' ? undefined : classes.tenantTable}
        data-testid="tenants-table"
        onPointerEnter={() => setPointed(true)}
        onPointerLeave={() => setPointed(false)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        {room === 'phone' ? (
          <TenantCards items={rows && items} />
        ) : (
          <Rows
            items={rows && items}
            columns={columns}
            sort={filters.sort}
            onSort={onSort}
          />
        )}
      </div>
    </>
  );
}

/** Opens the tenant that stands in a place on the screen. */
function useOpen(items: readonly TenantItem[] | undefined) {
  const go = useGo();
  const links = useLinks();
  const shown = useRef(items);
  useLayoutEffect(() => {
    shown.current = items;
  });
  return useCallback(
    (key: RowKey) => {
      const row = rowAt(shown.current ?? NO_ITEMS, key);
      if (row) go(links.tenant(row.name));
    },
    [go, links],
  );
}

function Rows(props: {
  /** Absent while loading. */
  readonly items: readonly TenantItem[] | undefined;
  readonly columns: ReturnType<typeof tenantColumns>;
  readonly sort: TenantFilters['sort'];
  readonly onSort: TenantTableProps['onSort'];
}) {
  const { items, columns, sort, onSort } = props;
  const keys = useRowKeys(items?.length);
  const onOpen = useOpen(items);
  const { column, descending } = sort;
  const isVirtual = (keys?.length ?? 0) >= VIRTUAL_FROM;
  // The same element while nothing of it changed: then nothing of the table is drawn but its live cells.
  const table = useMemo(
    () => (
      <Table<RowKey>
        columnConfig={columns}
        data={keys}
        isPending={!keys}
        pagination={{ type: 'none' }}
        virtualized={isVirtual ? { rowHeight: ROW_HEIGHT } : false}
        style={isVirtual ? { height: 'calc(100vh - 280px)' } : undefined}
        rowConfig={{ onClick: onOpen }}
        sort={{
          descriptor: {
            column,
            direction: descending ? 'descending' : 'ascending',
          },
          onSortChange: descriptor => {
            const next = SORT_COLUMNS.find(c => c === descriptor.column);
            if (!next) return;
            onSort({
              column: next,
              descending: descriptor.direction === 'descending',
            });
          },
        }}
      />
    ),
    [columns, keys, isVirtual, onOpen, column, descending, onSort],
  );
  return (
    <RowsContext.Provider value={items ?? NO_ITEMS}>
      {table}
    </RowsContext.Provider>
  );
}
