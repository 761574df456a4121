// SPDX-License-Identifier: Apache-2.0
import type { ModuleList } from '@tenantry/backstage-plugin-tenants-common';
import { selectShelves } from '../pages/modules/moduleFilters';
import { useText } from '../useText';
import styles from './templates.module.css';

const ALL = {
  q: '',
  category: undefined,
  health: undefined,
  behind: false,
} as const;

/** The categories that have modules, each to look at alone; beside the modules where there is room, above them elsewhere. */
export function CategoryFilter(props: {
  readonly list: ModuleList;
  /** Absent: all of them. */
  readonly category: string | undefined;
  readonly onCategory: (category: string | undefined) => void;
}) {
  const { list, category, onCategory } = props;
  const t = useText();
  const shelves = selectShelves(list, ALL).filter(shelf => shelf.category);
  if (shelves.length < 2) return <span />;
  const options = [
    { name: undefined, label: t('list.all'), count: list.items.length },
    ...shelves.map(shelf => ({
      name: shelf.category?.name,
      label: shelf.category?.displayName ?? '',
      count: shelf.modules.length,
    })),
  ];
  return (
    <div
      role="group"
      aria-label={t('template.categories')}
      className={styles.categories}
    >
      {options.map(({ name, label, count }) => (
        <button
          key={name ?? ''}
          type="button"
          aria-pressed={name === category}
          onClick={() => onCategory(name)}
        >
          <span>{label}</span>
          <span>{count}</span>
        </button>
      ))}
    </div>
  );
}
