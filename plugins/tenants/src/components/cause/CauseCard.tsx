// SPDX-License-Identifier: Apache-2.0
import type { Cause } from '@tenantry/backstage-plugin-tenants-common';
import { useId, type ReactNode } from 'react';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { CausePlaces } from './CausePlaces';
import { CauseStory } from './CauseStory';
import { causeTitle } from './causeTitle';
import styles from './cause.module.css';
import { HealthShape } from '../HealthShape';

/** What a page knows around a cause. */
export type CauseParts = {
  /** How it went over time. */
  readonly evidence?: ReactNode;
  /** What was changed shortly before it began. */
  readonly changed?: ReactNode;
  /** How much of what runs it is about; left out, only what. */
  readonly affects?: ReactNode;
  /** What to do next, surest first; left out, only where to look. */
  readonly steps?: ReactNode;
  /** What else can be done about it. */
  readonly actions?: ReactNode;
};

/** Props of {@link CauseCard}. */
export type CauseCardProps = CauseParts & {
  readonly tenant: string;
  readonly cause: Cause;
};

/** Why a tenant is not healthy: what, how often and since when, where to look, and what to do next; beside it what shows it. */
export function CauseCard(props: CauseCardProps) {
  const { cause, evidence, changed, affects, steps, actions } = props;
  const t = useText();
  const headingId = useId();
  const { object, message } = cause;
  return (
    <section
      className={`${classes.card} ${styles.card}`}
      data-health={cause.code}
      data-testid="cause-card"
      aria-labelledby={headingId}
    >
      <div className={styles.parts}>
        <div className={styles.story}>
          <div className={styles.head}>
            <HealthShape code={cause.code} size={18} />
            <div className={styles.title}>
              <h3 id={headingId} className={classes.cardTitle}>
                {causeTitle(t, cause)}
              </h3>
              <div className={classes.muted}>
                <CauseStory cause={cause} />
              </div>
            </div>
            {actions}
          </div>
          <dl className={styles.facts}>
            <Fact name={t('cause.seen')}>
              {message} <CausePlaces {...props} hasLog={!steps} />
            </Fact>
            {changed && <Fact name={t('before.changed')}>{changed}</Fact>}
            <Fact name={t('cause.affects')}>
              {affects ?? `${object.kind} ${object.name}`}
            </Fact>
          </dl>
          {steps}
        </div>
        {evidence}
      </div>
    </section>
  );
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
