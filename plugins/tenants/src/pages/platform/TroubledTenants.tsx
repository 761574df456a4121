// SPDX-License-Identifier: Apache-2.0
import {
  compareHealthByUrgency,
  type TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../components/Age';
import { HealthMark } from '../../components/HealthMark';
import { TextLink } from '../../components/TextLink';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import styles from './platform.module.css';

/** Tenants that are named; beyond that the list with its filters helps more. */
const SHOWN = 8;

const TROUBLE = 'degraded,missing,unknown,progressing';

/** Tenants that are not as they should be, the most urgent first. Pure. */
export function troubledOf(rows: readonly TenantRow[]): TenantRow[] {
  return rows
    .filter(
      ({ health: { code } }) => code !== 'Healthy' && code !== 'Suspended',
    )
    .sort(
      (a, b) =>
        compareHealthByUrgency(a.health.code, b.health.code) ||
        a.name.localeCompare(b.name),
    );
}

/** Which tenants need somebody, and why. */
export function TroubledTenants(props: {
  readonly rows: readonly TenantRow[];
}) {
  const t = useText();
  const links = useLinks();
  const troubled = troubledOf(props.rows);
  const rest = troubled.length - SHOWN;
  return (
    <section className={classes.card} aria-label={t('trouble.title')}>
      <div className={classes.cardHead}>
        <h3>{t('trouble.title')}</h3>
      </div>
      {troubled.length === 0 && (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('trouble.none')}
        </p>
      )}
      <ul className={`${classes.list} ${styles.list}`}>
        {troubled.slice(0, SHOWN).map(({ name, health }) => (
          <li key={name}>
            <HealthMark code={health.code} />
            <span className={classes.ellipsis} title={health.message}>
              <TextLink href={links.tenant(name)}>{name}</TextLink>{' '}
              <span className={`${classes.small} ${classes.muted}`}>
                {health.message || health.reason}
              </span>
            </span>
            <span
              className={`${classes.small} ${classes.muted} ${classes.noWrap}`}
            >
              {health.since && <Age since={health.since} format="duration" />}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p className={`${classes.cardBody} ${styles.more}`}>
          <TextLink href={`${links.list}?health=${TROUBLE}`}>
            {t('trouble.more', { count: rest })}
          </TextLink>
        </p>
      )}
    </section>
  );
}
