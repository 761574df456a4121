// SPDX-License-Identifier: Apache-2.0
import { Button, Table, useBreakpoint } from '@backstage/ui';
import type {
  Operation,
  PartialData,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useState } from 'react';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
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
  return { last, partial };
}

/** The rows of the tenants list. The order holds still while the pointer or the focus is in it. */
export function TenantTable(props: TenantTableProps) {
  const { rows, filters, onSort, operations } = props;
  const t = useText();
  const links = useLinks();
  const room = useRoom();
  const withLast = operations !== undefined;
  const columns = useMemo(
    () => tenantColumns(t, room, withLast),
    [t, room, withLast],
  );
  const facts = useFacts(props);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const { column, descending } = filters.sort;
  const key = JSON.stringify(filters);
  const ordered = useFrozenOrder(rows ?? [], pointed || focused, key);
  const data = rows && ordered.rows.map(row => toTenantItem(row, facts));
  const virtual = ordered.rows.length >= VIRTUAL_FROM;
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
          <TenantCards items={data} />
        ) : (
          <Table<TenantItem>
            columnConfig={columns}
            data={data}
            isPending={!data}
            pagination={{ type: 'none' }}
            virtualized={virtual ? { rowHeight: ROW_HEIGHT } : false}
            style={virtual ? { height: 'calc(100vh - 280px)' } : undefined}
            rowConfig={{ getHref: row => links.tenant(row.name) }}
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
        )}
      </div>
    </>
  );
}
