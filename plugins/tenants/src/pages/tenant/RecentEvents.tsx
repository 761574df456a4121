// SPDX-License-Identifier: Apache-2.0
import { RiAlertLine, RiInformationLine } from '@remixicon/react';
import type {
  Tenant,
  TenantEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import { TextLink } from '../../components/TextLink';
import { Age } from '../../components/Age';
import { formatNumber } from '../../formatting/quantity';
import { useLinks } from '../../navigation';
import classes from '../../tenantry.module.css';
import { useText } from '../../useText';

const MAX_EVENTS = 5;

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

/** The newest events of a tenant. */
export function RecentEvents({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const links = useLinks();
  const events = tenant.events.slice(0, MAX_EVENTS);
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
            <span style={{ minWidth: 0 }}>
              <span className={classes.ellipsis} title={event.object.name}>
                {event.object.name} {event.reason}
              </span>
              <br />
              <span className={`${classes.small} ${classes.muted}`}>
                {event.message}
                {event.count > 1 &&
                  ` · ${t('changed.times', { n: formatNumber(event.count) })}`}
              </span>
            </span>
            <span className={`${classes.small} ${classes.muted}`}>
              <Age since={event.lastSeen} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
