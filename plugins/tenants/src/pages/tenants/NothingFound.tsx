// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { StateBlock } from '../../components/StateBlock';
import type { QueryChange } from '../../navigation';
import { useText } from '../../useText';
import type { TenantFilters } from './tenantFilters';

const CLEARED: QueryChange = {
  health: undefined,
  mine: undefined,
  tier: undefined,
  cluster: undefined,
  module: undefined,
  q: undefined,
};

function activeNames(filters: TenantFilters): string {
  const { mine, tier, cluster, module, q, health } = filters;
  const values = [...health, tier, cluster, module, q, mine ? 'mine' : ''];
  return values.filter(Boolean).join(', ');
}

/** Says that the filters leave nothing, and takes them away. */
export function NothingFound(props: {
  readonly filters: TenantFilters;
  readonly all: number;
  readonly onChange: (change: QueryChange) => void;
}) {
  const { filters, all, onChange } = props;
  const t = useText();
  const others = activeNames({ ...filters, mine: false });
  const clear = () => onChange(CLEARED);
  if (filters.mine && others === '') {
    return (
      <StateBlock
        kind="empty"
        title={t('list.noneMineTitle', { count: all })}
        text={t('list.noneMineText')}
        actions={<Button onPress={clear}>{t('list.showAll')}</Button>}
      />
    );
  }
  return (
    <StateBlock
      kind="empty"
      title={t('list.noMatchTitle')}
      actions={
        <Button variant="secondary" onPress={clear}>
          {t('list.clear', { names: activeNames(filters) })}
        </Button>
      }
    />
  );
}
