// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  Operation,
  OperationList,
  OperationQuery,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { RowsFooter } from '../components/RowsFooter';
import { RowsGate } from '../components/RowsGate';
import { StateBlock } from '../components/StateBlock';
import { useLiveOperations } from '../live/useLive';
import { usePages } from '../live/usePages';
import { useQuery } from '../navigation';
import { TableCard } from '../components/TableCard';
import { classes } from '../styles';
import { useText } from '../useText';
import { OperationFilterBar } from './OperationFilterBar';
import { mergeOperations, parseOperationFilters } from './operationFilters';
import { OperationTable } from './OperationTable';

/** Props of {@link OperationRows}. */
export type OperationRowsProps = {
  /** Left out, of all tenants. */
  readonly tenant: string | undefined;
  /** Address of the page, for links to a row. */
  readonly path: string;
  /** The right that the list needs. */
  readonly permission: string;
  readonly ask: (
    query: Partial<OperationQuery>,
    signal: AbortSignal,
  ) => Promise<OperationList>;
};

const NONE = {};

/** Operations with their filters, live. */
export function OperationRows(props: OperationRowsProps) {
  const { tenant, path, permission, ask } = props;
  const t = useText();
  const [search] = useQuery();
  const filters = useMemo(() => parseOperationFilters(search), [search]);
  const pages = usePages<Operation, OperationList>(
    (cursor, signal) =>
      ask({ ...filters, ...(cursor ? { cursor } : {}) }, signal),
    JSON.stringify([tenant, filters]),
  );
  const live = useLiveOperations(tenant).value?.operations ?? NONE;
  const { items } = pages;
  const rows = mergeOperations(items, live, filters);
  return (
    <div className={classes.body}>
      <OperationFilterBar filters={filters} />
      <RowsGate
        // What only the stream has told of is there as well.
        pages={{ ...pages, items: rows.length > 0 ? rows : items }}
        name={t('problem.loading')}
        errorTitle={t('operations.errorTitle')}
        forbiddenTitle={
          tenant === undefined ? t('operations.forbiddenTitle') : undefined
        }
        permission={permission}
        empty={<NoOperations />}
      >
        <TableCard label={t('operations.table')}>
          <OperationTable
            operations={rows}
            path={path}
            withTenant={tenant === undefined}
          />
          <RowsFooter pages={pages} />
        </TableCard>
      </RowsGate>
    </div>
  );
}

function NoOperations() {
  const t = useText();
  const [search, change] = useQuery();
  const { state, type, requestedBy, environment } =
    parseOperationFilters(search);
  const isFiltered = [state, type, requestedBy, environment].some(Boolean);
  if (!isFiltered) {
    return <StateBlock kind="empty" title={t('operations.empty')} />;
  }
  const clear = () =>
    change({
      state: undefined,
      type: undefined,
      who: undefined,
      env: undefined,
    });
  return (
    <StateBlock
      kind="empty"
      title={t('operations.noMatch')}
      actions={
        <Button variant="secondary" onPress={clear}>
          {t('pages.clear')}
        </Button>
      }
    />
  );
}
