// SPDX-License-Identifier: Apache-2.0
import { SearchField, Switch } from '@backstage/ui';
import {
  HEALTH_CODES_BY_URGENCY,
  type ModuleList,
} from '@tenantry/backstage-plugin-tenants-common';
import { ChoiceField } from '../../components/ChoiceField';
import { useQuery } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import type { ModuleFilters } from './moduleFilters';

/** Search and filters of the catalogue; all of them stand in the address. */
export function ModuleFilterBar(props: {
  readonly list: ModuleList;
  readonly filters: ModuleFilters;
  readonly shown: number;
}) {
  const { list, filters, shown } = props;
  const t = useText();
  const [, change] = useQuery();
  const names = new Map(list.categories.map(c => [c.name, c.displayName]));
  const codes = HEALTH_CODES_BY_URGENCY.filter(code =>
    list.items.some(module => module.health[code]),
  );
  return (
    <div className={classes.filters}>
      <div className={classes.searchBox}>
        <SearchField
          size="small"
          aria-label={t('modules.search')}
          placeholder={t('modules.searchPlaceholder')}
          value={filters.q}
          onChange={q => change({ q }, { replace: true })}
        />
      </div>
      <ChoiceField
        label={t('modules.category')}
        anyLabel={t('list.any')}
        value={filters.category}
        options={list.categories.map(c => c.name)}
        nameOf={name => names.get(name) ?? name}
        onChange={category => change({ category })}
      />
      <ChoiceField
        label={t('modules.health')}
        anyLabel={t('list.any')}
        value={filters.health}
        options={codes}
        onChange={health => change({ health: health?.toLowerCase() })}
      />
      <Switch
        label={t('modules.onlyBehind')}
        isSelected={filters.behind}
        onChange={on => change({ behind: on ? '1' : undefined })}
      />
      <span className={classes.grow} />
      <span className={`${classes.small} ${classes.muted}`} role="status">
        {t('modules.found', { count: shown })}
      </span>
    </div>
  );
}
