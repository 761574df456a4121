// SPDX-License-Identifier: Apache-2.0
import {
  OPERATION_STATES,
  OPERATION_TYPES,
} from '@tenantry/backstage-plugin-tenants-common';
import { ChoiceField } from '../components/ChoiceField';
import { TypedField } from '../components/TypedField';
import { useQuery } from '../navigation';
import { classes } from '../styles';
import { useText } from '../useText';
import { STATE_FILTERS, type OperationFilters } from './operationFilters';
import { stateWord, typeWord } from './operationWords';

/** Filters of a list of operations; all of them stand in the address. */
export function OperationFilterBar(props: {
  readonly filters: OperationFilters;
}) {
  const { filters } = props;
  const t = useText();
  const [, change] = useQuery();
  const stateName = (name: string) => {
    if (name === 'active') return t('operations.active');
    if (name === 'ended') return t('operations.ended');
    const state = OPERATION_STATES.find(s => s === name);
    return state ? stateWord(t, state) : name;
  };
  const typeName = (name: string) => {
    const type = OPERATION_TYPES.find(known => known === name);
    return type ? typeWord(t, type) : name;
  };
  return (
    <div className={classes.filters}>
      <ChoiceField
        label={t('operations.state')}
        anyLabel={t('operations.all')}
        value={filters.state}
        options={STATE_FILTERS}
        nameOf={stateName}
        onChange={state => change({ state })}
      />
      <ChoiceField
        label={t('operations.type')}
        anyLabel={t('operations.all')}
        value={filters.type}
        options={OPERATION_TYPES}
        nameOf={typeName}
        onChange={type => change({ type })}
      />
      <TypedField
        label={t('operations.by')}
        placeholder={t('operations.personPlaceholder')}
        value={filters.requestedBy ?? ''}
        onChange={who => change({ who })}
      />
    </div>
  );
}
