// SPDX-License-Identifier: Apache-2.0
import { SearchField, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type {
  HealthCounts,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { memo } from 'react';
import { ChoiceField } from '../../components/ChoiceField';
import type { QueryChange } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { HealthFilter } from './HealthFilter';
import { filterOptions } from './selectRows';
import { formatHealthFilter, type TenantFilters } from './tenantFilters';

/** Props of {@link TenantFilterBar}. */
export type TenantFilterBarProps = {
  readonly filters: TenantFilters;
  readonly options: ReturnType<typeof filterOptions>;
  readonly counts: HealthCounts | undefined;
  readonly total: number;
  readonly mine: number;
  readonly shown: readonly TenantRow[];
  readonly onChange: (
    change: QueryChange,
    options?: { replace: boolean },
  ) => void;
};

function countClusters(shown: readonly TenantRow[]): number {
  return new Set(shown.flatMap(row => row.environments.map(e => e.cluster)))
    .size;
}

type OtherFiltersProps = Pick<
  TenantFilterBarProps,
  'filters' | 'options' | 'mine' | 'onChange'
> & {
  /** Absent while nothing is known. */
  readonly found: number | undefined;
  readonly clusters: number;
};

// Fields are drawn again when what can be chosen changes, not with each tenant.
const OtherFilters = memo(function Fields(props: OtherFiltersProps) {
  const { filters, options, mine, found, clusters, onChange } = props;
  const t = useText();
  return (
    <div className={classes.filters}>
      <div className={classes.searchBox}>
        <SearchField
          size="small"
          aria-label={t('list.search')}
          placeholder={t('list.searchPlaceholder')}
          value={filters.q}
          onChange={q => onChange({ q }, { replace: true })}
        />
      </div>
      <ToggleButtonGroup
        className={classes.toggles}
        aria-label={t('list.ownership')}
        disallowEmptySelection
        selectedKeys={[filters.mine ? 'mine' : 'all']}
        onSelectionChange={keys =>
          onChange({ mine: keys.has('mine') ? '1' : undefined })
        }
      >
        <ToggleButton id="all">{t('list.all')}</ToggleButton>
        <ToggleButton id="mine">
          {t('list.mine')} {mine}
        </ToggleButton>
      </ToggleButtonGroup>
      <ChoiceField
        label={t('list.tier')}
        anyLabel={t('list.any')}
        value={filters.tier}
        options={options.tiers}
        onChange={tier => onChange({ tier })}
      />
      <ChoiceField
        label={t('list.cluster')}
        anyLabel={t('list.any')}
        value={filters.cluster}
        options={options.clusters}
        onChange={cluster => onChange({ cluster })}
      />
      <ChoiceField
        label={t('list.module')}
        anyLabel={t('list.any')}
        value={filters.module}
        options={options.modules}
        onChange={module => onChange({ module })}
      />
      <span className={classes.grow} />
      {found !== undefined && (
        <span className={`${classes.small} ${classes.muted}`}>
          {t('list.found', { count: found })}{' '}
          {t('list.on', { count: clusters })}
        </span>
      )}
    </div>
  );
});

/** Everything that narrows the list. All of it is in the address. */
export function TenantFilterBar(props: TenantFilterBarProps) {
  const { filters, counts, total, onChange } = props;
  return (
    <>
      <HealthFilter
        counts={counts}
        total={total}
        selected={filters.health}
        onChange={codes => onChange({ health: formatHealthFilter(codes) })}
      />
      <OtherFilters
        filters={filters}
        options={props.options}
        mine={props.mine}
        found={counts && props.shown.length}
        clusters={countClusters(props.shown)}
        onChange={onChange}
      />
    </>
  );
}
