// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from '@backstage/ui';
import type {
  ModuleList,
  ModuleSummary,
} from '@tenantry/backstage-plugin-tenants-common';
import { useId } from 'react';
import { selectShelves } from '../pages/modules/moduleFilters';
import { classes } from '../styles';
import { useText } from '../useText';
import type { NeededModules } from './neededModules';
import styles from './templates.module.css';

/** Props of {@link ModuleShelves}. */
export type ModuleShelvesProps = {
  readonly list: ModuleList;
  readonly search: string;
  /** Left out, every category. */
  readonly category?: string;
  readonly chosen: readonly string[];
  /** What comes along with what is chosen. */
  readonly needed: NeededModules;
  readonly onToggle: (name: string, isChosen: boolean) => void;
};

/** The modules by category, each to be ticked. */
export function ModuleShelves(props: ModuleShelvesProps) {
  const { list, search, category: only, chosen, needed, onToggle } = props;
  const t = useText();
  const filters = { q: search, category: only, health: undefined };
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
              neededBy={needed.get(module.name)}
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
  readonly neededBy: readonly string[] | undefined;
  readonly onToggle: ModuleShelvesProps['onToggle'];
}) {
  const { module, isChosen, neededBy, onToggle } = props;
  const { name, displayName, description, requires, lifecycle } = module;
  const t = useText();
  const aboutId = useId();
  const title =
    lifecycle === 'production' ? displayName : `${displayName} (${lifecycle})`;
  return (
    // What is said below the name describes the box and is not its name.
    <Checkbox
      className={styles.module}
      aria-label={title}
      aria-describedby={aboutId}
      isSelected={isChosen || neededBy !== undefined}
      isReadOnly={neededBy !== undefined}
      onChange={selected => onToggle(name, selected)}
    >
      <span className={styles.moduleName}>
        <span>{title}</span>
        <span className={`${classes.small} ${classes.muted}`}>
          {module.defaultRelease}
        </span>
      </span>
      <span id={aboutId} className={`${classes.small} ${classes.muted}`}>
        {neededBy && (
          <strong>
            {t('plan.neededBy', { names: neededBy.join(', ') })}.{' '}
          </strong>
        )}
        {description}{' '}
        {requires.length > 0 &&
          t('template.needs', { names: requires.join(', ') })}
      </span>
    </Checkbox>
  );
}
