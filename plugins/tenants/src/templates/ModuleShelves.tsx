// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from '@backstage/ui';
import type {
  ModuleList,
  ModuleSummary,
} from '@tenantry/backstage-plugin-tenants-common';
import { selectShelves } from '../pages/modules/moduleFilters';
import { classes } from '../styles';
import { useText } from '../useText';
import styles from './templates.module.css';

/** Props of {@link ModuleShelves}. */
export type ModuleShelvesProps = {
  readonly list: ModuleList;
  readonly search: string;
  readonly chosen: readonly string[];
  readonly onToggle: (name: string, isChosen: boolean) => void;
};

/** The modules by category, each to be ticked. */
export function ModuleShelves(props: ModuleShelvesProps) {
  const { list, search, chosen, onToggle } = props;
  const t = useText();
  const filters = { q: search, category: undefined, health: undefined };
  const shelves = selectShelves(list, { ...filters, behind: false });
  if (shelves.length === 0) return <p>{t('modules.noMatch')}</p>;
  return (
    <>
      {shelves.map(({ category, modules }) => (
        <fieldset key={category?.name ?? ''} className={styles.shelf}>
          <legend>{category?.displayName ?? t('modules.noCategory')}</legend>
          {modules.map(module => (
            <ShelfModule
              key={module.name}
              module={module}
              isChosen={chosen.includes(module.name)}
              onToggle={onToggle}
            />
          ))}
        </fieldset>
      ))}
    </>
  );
}

function ShelfModule(props: {
  readonly module: ModuleSummary;
  readonly isChosen: boolean;
  readonly onToggle: ModuleShelvesProps['onToggle'];
}) {
  const { module, isChosen, onToggle } = props;
  const { name, displayName, description, requires, lifecycle } = module;
  const t = useText();
  return (
    <div>
      <Checkbox
        isSelected={isChosen}
        onChange={selected => onToggle(name, selected)}
      >
        {displayName}
        {lifecycle === 'production' ? '' : ` (${lifecycle})`}
      </Checkbox>
      <p className={`${classes.small} ${classes.muted} ${styles.about}`}>
        {description}{' '}
        {requires.length > 0 &&
          t('template.needs', { names: requires.join(', ') })}
      </p>
    </div>
  );
}
