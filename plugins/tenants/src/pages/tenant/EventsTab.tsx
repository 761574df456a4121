// SPDX-License-Identifier: Apache-2.0
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type {
  Tenant,
  TenantEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../components/Age';
import { ClampedText } from '../../components/ClampedText';
import { EventLogsLink } from '../../components/EventLogsLink';
import { StateBlock } from '../../components/StateBlock';
import { formatNumber } from '../../formatting/quantity';
import { useQuery } from '../../navigation';
import { TableCard } from '../../components/TableCard';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { eventKey } from './eventKey';
import { EventMark } from './EventMark';

const TYPES = ['warning', 'normal'] as const;

/** What Kubernetes reported of a tenant's objects, newest first. */
export function EventsTab({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const [search, change] = useQuery();
  const type = TYPES.find(known => known === search.get('type'));
  const shown = tenant.events.filter(
    event => type === undefined || event.type.toLowerCase() === type,
  );
  if (tenant.events.length === 0) {
    return <StateBlock kind="empty" title={t('events.empty')} />;
  }
  return (
    <div className={classes.body}>
      <div className={classes.filters}>
        <ToggleButtonGroup
          className={classes.toggles}
          aria-label={t('events.type')}
          disallowEmptySelection
          selectedKeys={[type ?? 'all']}
          onSelectionChange={keys =>
            change({ type: TYPES.find(known => keys.has(known)) })
          }
        >
          <ToggleButton id="all">{t('events.all')}</ToggleButton>
          <ToggleButton id="warning">{t('events.Warning')}</ToggleButton>
          <ToggleButton id="normal">{t('events.Normal')}</ToggleButton>
        </ToggleButtonGroup>
      </div>
      {shown.length === 0 ? (
        <StateBlock kind="empty" title={t('events.noMatch')} />
      ) : (
        <EventTable tenant={tenant} events={shown} />
      )}
    </div>
  );
}

function EventTable(props: {
  readonly tenant: Tenant;
  readonly events: readonly TenantEvent[];
}) {
  const { tenant, events } = props;
  const t = useText();
  return (
    <TableCard label={t('events.table')}>
      <table className={classes.table} aria-label={t('events.table')}>
        <colgroup>
          <col style={{ width: '18%' }} />
          <col style={{ width: '24%' }} />
          <col />
          <col style={{ width: '8%' }} />
          <col style={{ width: '12%' }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('events.reason')}</th>
            <th scope="col">{t('events.object')}</th>
            <th scope="col">{t('events.message')}</th>
            <th scope="col" className={classes.right}>
              {t('events.count')}
            </th>
            <th scope="col">{t('events.lastSeen')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map(event => (
            <tr key={eventKey(event)}>
              <td>
                <span className={classes.row}>
                  <EventMark type={event.type} />
                  <span className={classes.ellipsis}>{event.reason}</span>
                </span>
              </td>
              <td title={event.object.name}>
                {event.object.name}{' '}
                <span className={`${classes.small} ${classes.muted}`}>
                  {event.object.kind}, {event.environment} {event.cluster}
                </span>{' '}
                <EventLogsLink tenant={tenant} event={event} />
              </td>
              <td>
                <ClampedText>{event.message}</ClampedText>
              </td>
              <td className={classes.right}>{formatNumber(event.count)}</td>
              <td>
                <Age since={event.lastSeen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}
