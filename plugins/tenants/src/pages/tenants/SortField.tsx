// SPDX-License-Identifier: Apache-2.0
import { Select, ToggleButton } from '@backstage/ui';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';
import {
  SORT_COLUMNS,
  type SortColumn,
  type TenantFilters,
} from './tenantFilters';

/** Props of {@link SortField}. */
export type SortFieldProps = {
  readonly sort: TenantFilters['sort'];
  readonly onSort: (sort: TenantFilters['sort']) => void;
};

function columnName(t: Translate, column: SortColumn): string {
  const names: Record<SortColumn, string> = {
    health: t('list.columnHealth'),
    name: t('list.columnTenant'),
    owner: t('list.columnOwner'),
    tier: t('list.columnTier'),
    cpu: t('list.columnCpu'),
    memory: t('list.columnMemory'),
  };
  return names[column];
}

/** Sorts the list where there are no heads of columns to press. */
export function SortField({ sort, onSort }: SortFieldProps) {
  const t = useText();
  const { column, descending } = sort;
  return (
    <div className={classes.filters}>
      <div className={classes.choice}>
        <Select
          size="small"
          aria-label={t('list.sort')}
          options={SORT_COLUMNS.map(id => ({
            id,
            label: t('list.sortBy', { column: columnName(t, id) }),
          }))}
          value={column}
          onChange={key => {
            const next = SORT_COLUMNS.find(known => known === key);
            if (next) onSort({ column: next, descending });
          }}
        />
      </div>
      <ToggleButton
        size="small"
        isSelected={descending}
        onChange={isSelected => onSort({ column, descending: isSelected })}
      >
        {t('list.reverse')}
      </ToggleButton>
    </div>
  );
}
