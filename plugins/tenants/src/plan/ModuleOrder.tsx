// SPDX-License-Identifier: Apache-2.0
import { Badge } from '@backstage/ui';
import type { ResolvedModule } from '@tenantry/backstage-plugin-tenants-common';
import { useId } from 'react';
import { classes } from '../styles';
import { useText, type Translate } from '../useText';
import styles from './plan.module.css';

function nameOf(t: Translate, module: ResolvedModule): string {
  const { name, version, from } = module;
  if (from === undefined || from === version) return `${name} ${version}`;
  return t('plan.upgrade', { name, from, to: version });
}

/** The modules in the order in which they are applied. */
export function ModuleOrder(props: {
  readonly modules: readonly ResolvedModule[];
}) {
  const { modules } = props;
  const t = useText();
  const headingId = useId();
  if (modules.length === 0) return null;
  const waves = [...new Set(modules.map(m => m.wave))].sort((a, b) => a - b);
  return (
    <section aria-labelledby={headingId}>
      <h4 id={headingId} className={styles.heading}>
        {t('plan.order')}
      </h4>
      <ol className={styles.waves}>
        {waves.map((wave, at) => (
          <li key={wave}>
            <span className={`${classes.small} ${classes.muted}`}>
              {t('plan.wave', { n: String(at + 1) })}
            </span>
            {modules
              .filter(module => module.wave === wave)
              .map(module => (
                <Badge key={module.name} size="small">
                  {nameOf(t, module)}
                  {module.requiredBy.length > 0 &&
                    ` · ${t('plan.neededBy', {
                      names: module.requiredBy.join(', '),
                    })}`}
                </Badge>
              ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
