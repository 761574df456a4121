// SPDX-License-Identifier: Apache-2.0
import { Badge, BgProvider } from '@backstage/ui';
import {
  HEALTH_CODES_BY_URGENCY,
  type ModuleSummary,
} from '@tenantry/backstage-plugin-tenants-common';
import { useId } from 'react';
import { healthWord } from '../../components/HealthMark';
import { HealthShape } from '../../components/HealthShape';
import { OwnerLink } from '../../components/OwnerLink';
import { TextLink } from '../../components/TextLink';
import { formatNumber } from '../../formatting/quantity';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import type { ModuleShelf } from './moduleFilters';
import styles from './modules.module.css';

/** One category with its modules. */
export function ModuleShelfSection(props: { readonly shelf: ModuleShelf }) {
  const { category, modules } = props.shelf;
  const t = useText();
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className={styles.shelfTitle}>
        {category?.displayName ?? t('modules.noCategory')}{' '}
        <span className={`${classes.small} ${classes.muted}`}>
          {category?.description ?? formatNumber(modules.length)}
        </span>
      </h3>
      <ul className={styles.shelf}>
        {modules.map(module => (
          <li key={module.name} className={`${classes.card} ${styles.module}`}>
            <BgProvider bg="neutral-1">
              <ModuleCard module={module} />
            </BgProvider>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ModuleCard({ module }: { readonly module: ModuleSummary }) {
  const t = useText();
  const links = useLinks();
  const { name, displayName, description, lifecycle, scope, requires } = module;
  return (
    <>
      <div className={`${classes.row} ${classes.wrap}`}>
        <h4 className={classes.cardTitle}>
          <TextLink href={links.module(name)}>{displayName}</TextLink>
        </h4>
        {lifecycle !== 'production' && (
          <Badge size="small">
            {lifecycle === 'deprecated'
              ? t('modules.deprecated')
              : t('modules.experimental')}
          </Badge>
        )}
        {scope === 'cluster' && (
          <Badge size="small">{t('modules.clusterScope')}</Badge>
        )}
      </div>
      {description && <p className={styles.text}>{description}</p>}
      <p className={`${styles.text} ${classes.small} ${classes.muted}`}>
        {[
          module.tenants === 0
            ? t('modules.nobody')
            : t('modules.tenants', { count: module.tenants }),
          t('modules.default', { version: module.defaultRelease }),
          t('modules.releases', { count: module.releaseCount }),
          ...(requires.length > 0
            ? [t('modules.needs', { names: requires.join(', ') })]
            : []),
        ].join(', ')}
        {' · '}
        <OwnerLink owner={module.owner} />
      </p>
      <ModuleState module={module} />
    </>
  );
}

/** How its instances are, worst first, and how many are on an older release. */
function ModuleState({ module }: { readonly module: ModuleSummary }) {
  const t = useText();
  const links = useLinks();
  const codes = HEALTH_CODES_BY_URGENCY.filter(code => module.health[code]);
  if (codes.length === 0) return null;
  return (
    <p className={`${styles.state} ${classes.small}`}>
      {codes.map(code => (
        <span key={code} className={classes.health}>
          <HealthShape code={code} size={14} />
          <span className={classes.word} data-health={code}>
            {t('modules.healthCount', {
              n: formatNumber(module.health[code] ?? 0),
              word: healthWord(t, code),
            })}
          </span>
        </span>
      ))}
      {module.behind > 0 && (
        <TextLink href={links.module(module.name)}>
          {t('modules.behindCount', { count: module.behind })}
        </TextLink>
      )}
    </p>
  );
}
