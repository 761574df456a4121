// SPDX-License-Identifier: Apache-2.0
import { RiAlertLine, RiInformationLine } from '@remixicon/react';
import type {
  Tenant,
  TenantEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import { TextLink } from '../../components/TextLink';
import { Age } from '../../components/Age';
import { ClampedText } from '../../components/ClampedText';
import { EventLogsLink } from '../../components/EventLogsLink';
import { formatNumber } from '../../formatting/quantity';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { selectRecentEvents } from './selectRecentEvents';

/** Identifies a folded event. */
export function eventKey(event: TenantEvent): string {
  const { cluster, namespace, object, reason, message, type } = event;
  return [
    cluster,
    namespace,
    object.kind,
    object.name,
    type,
    reason,
    message,
  ].join('/');
}

/** The shape and word of an event's type. */
export function EventMark({ type }: { readonly type: TenantEvent['type'] }) {
  const t = useText();
  const isWarning = type === 'Warning';
  const word = isWarning ? t('events.warning') : t('events.normal');
  const Icon = isWarning ? RiAlertLine : RiInformationLine;
  return (
    <span
      role="img"
      aria-label={word}
      title={word}
      className={isWarning ? classes.warnInk : classes.muted}
    >
      <Icon size={16} aria-hidden />
    </span>
  );
}

/** The newest events of a tenant, warnings first. */
export function RecentEvents({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const links = useLinks();
  const events = selectRecentEvents(tenant.events);
  return (
    <section className={classes.card} aria-label={t('changed.title')}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{t('changed.title')}</h3>
        <TextLink href={links.tenant(tenant.name, 'events')}>
          {t('changed.all')}
        </TextLink>
      </div>
      {events.length === 0 && (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('changed.empty')}
        </p>
      )}
      <ul className={classes.list}>
        {events.map(event => (
          <li key={eventKey(event)}>
            <EventMark type={event.type} />
            <RecentEvent tenant={tenant} event={event} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecentEvent(props: {
  readonly tenant: Tenant;
  readonly event: TenantEvent;
}) {
  const { tenant, event } = props;
  const t = useText();
  const title = `${event.object.name} ${event.reason}`;
  return (
    <>
      <div className={classes.event}>
        <div className={classes.ellipsis} title={title}>
          {title}
        </div>
        <div className={`${classes.small} ${classes.muted}`}>
          <ClampedText>{event.message}</ClampedText>
          {event.count > 1 &&
            ` · ${t('changed.times', { n: formatNumber(event.count) })}`}
        </div>
      </div>
      <span className={`${classes.small} ${classes.muted} ${classes.noWrap}`}>
        <EventLogsLink tenant={tenant} event={event} />{' '}
        <Age since={event.lastSeen} />
      </span>
    </>
  );
}
