// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@backstage/ui';
import type { ModuleDetail } from '@tenantry/backstage-plugin-tenants-common';
import { lazy, Suspense } from 'react';
import { classes } from '../../styles';
import { useText } from '../../useText';
import styles from './module.module.css';

const YamlText = lazy(() =>
  import('../../components/YamlText').then(m => ({ default: m.YamlText })),
);

/** The definition as it is in use, in YAML. */
export function DefinitionTab({ module }: { readonly module: ModuleDetail }) {
  const t = useText();
  const { usedBy: _usedBy, health: _health, tenants: _n, ...written } = module;
  return (
    <section
      className={classes.card}
      aria-label={t('module.definition', { name: module.name })}
    >
      <pre
        className={styles.definition}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it must be reachable by keyboard
        tabIndex={0}
      >
        <Suspense fallback={<Skeleton height={320} />}>
          <YamlText value={written} />
        </Suspense>
      </pre>
    </section>
  );
}
