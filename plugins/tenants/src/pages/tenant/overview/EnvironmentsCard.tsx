// SPDX-License-Identifier: Apache-2.0
import type { Environment } from '@tenantry/backstage-plugin-tenants-common';
import { ClusterFreshness } from '../../../components/Freshness';
import { HealthMark } from '../../../components/HealthMark';
import { classes } from '../../../styles';
import { useText, type Translate } from '../../../useText';

function stateText(t: Translate, state: Environment['state']): string {
  const texts: Record<Environment['state'], string> = {
    Active: t('environments.stateActive'),
    Empty: t('environments.stateEmpty'),
    Retained: t('environments.stateRetained'),
    Terminating: t('environments.stateTerminating'),
  };
  return texts[state];
}

/** Where a tenant is: its environments with their clusters, namespaces and how fresh what is known of them is. */
export function EnvironmentsCard(props: {
  readonly environments: readonly Environment[];
}) {
  const t = useText();
  return (
    <section className={classes.card} aria-label={t('environments.title')}>
      <div className={classes.cardHead}>
        <h3>{t('environments.title')}</h3>
      </div>
      <ul className={classes.list}>
        {props.environments.map(environment => (
          <li key={`${environment.cluster}/${environment.name}`}>
            <HealthMark
              code={environment.health.code}
              reason={environment.health.reason}
              iconOnly
            />
            <span className={classes.event}>
              {t('tenant.environmentOn', {
                environment: environment.name,
                cluster: environment.cluster,
              })}
              <br />
              <span className={`${classes.small} ${classes.muted}`}>
                {environment.namespaces.join(', ')}
              </span>
            </span>
            <span className={classes.right}>
              <ClusterFreshness freshness={environment.freshness} />
              <br />
              <span className={`${classes.small} ${classes.muted}`}>
                {stateText(t, environment.state)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
