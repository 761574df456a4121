// SPDX-License-Identifier: Apache-2.0
import { BgProvider, ButtonLink } from '@backstage/ui';
import type { Cause } from '@tenantry/backstage-plugin-tenants-common';
import { useId, type ReactNode } from 'react';
import { clockTime } from '../formatting/clockTime';
import { useLinks } from '../navigation';
import { classes } from '../styles';
import { useText } from '../useText';
import { Age } from './Age';
import { causeTitle } from './causeTitle';
import { HealthShape } from './HealthShape';

/** Props of {@link CauseCard}. */
export type CauseCardProps = {
  readonly tenant: string;
  readonly cause: Cause;
  /** How it went over time. */
  readonly evidence?: ReactNode;
  /** What was changed shortly before it began. */
  readonly changed?: ReactNode;
  /** What to do next, surest first; left out, only where to look. */
  readonly steps?: ReactNode;
  /** What else can be done about it. */
  readonly actions?: ReactNode;
};

/** Why a tenant is not healthy: what, since when, where, and where to look next. */
export function CauseCard(props: CauseCardProps) {
  const { tenant, cause, evidence, changed, steps, actions } = props;
  const t = useText();
  const headingId = useId();
  const { environment, cluster, reason, since, object, message } = cause;
  return (
    <section
      className={`${classes.card} ${classes.cause}`}
      data-health={cause.code}
      data-testid="cause-card"
      aria-labelledby={headingId}
    >
      <div className={classes.causeHead}>
        <HealthShape code={cause.code} size={18} />
        <div>
          <h3 id={headingId} className={classes.cardTitle}>
            {causeTitle(t, cause)}
          </h3>
          <div className={classes.muted}>
            {t('cause.where', { reason, environment, cluster })}
            {since && (
              <>
                {' '}
                {t('cause.since', {
                  time: t('time.utc', { time: clockTime(Date.parse(since)) }),
                })}{' '}
                (<Age since={since} format="duration" />)
              </>
            )}
          </div>
        </div>
      </div>
      {evidence}
      <dl className={classes.evidence}>
        <div>
          <dt>{t('cause.seen')}</dt>
          <dd>{message}</dd>
        </div>
        {changed && (
          <div>
            <dt>{t('before.changed')}</dt>
            <dd>{changed}</dd>
          </div>
        )}
        <div>
          <dt>{t('cause.object')}</dt>
          <dd>
            {object.kind} {object.name}
          </dd>
        </div>
        <div>
          <dt>{t('cause.module')}</dt>
          <dd>{cause.module}</dd>
        </div>
      </dl>
      {steps}
      <BgProvider bg="neutral-1">
        <CauseLinks
          tenant={tenant}
          cause={cause}
          steps={steps}
          actions={actions}
        />
      </BgProvider>
    </section>
  );
}

function CauseLinks({ tenant, cause, steps, actions }: CauseCardProps) {
  const t = useText();
  const links = useLinks();
  const { environment: env, module, pod, container } = cause;
  const logs = { env, module, pod, container };
  return (
    <div className={classes.causeLinks}>
      {!steps && pod && cause.previousLog && (
        <ButtonLink
          size="small"
          variant="primary"
          href={links.tenant(tenant, 'logs', { ...logs, previous: '1' })}
        >
          {t('cause.previousLog')}
        </ButtonLink>
      )}
      {pod && (
        <ButtonLink
          size="small"
          variant="secondary"
          href={links.tenant(tenant, 'logs', logs)}
        >
          {t('cause.logs')}
        </ButtonLink>
      )}
      <ButtonLink
        size="small"
        variant="secondary"
        href={links.tenant(tenant, 'events', { type: 'warning' })}
      >
        {t('cause.events')}
      </ButtonLink>
      {actions}
    </div>
  );
}
