// SPDX-License-Identifier: Apache-2.0
import type {
  Tenant,
  TenantEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import { logsOfEvent } from '../logs/logsOfEvent';
import { useLinks } from '../navigation';
import { useText } from '../useText';
import { TextLink } from './TextLink';

/** Leads from an event to the logs of what it is about; nothing when that writes none. */
export function EventLogsLink(props: {
  readonly tenant: Tenant;
  readonly event: TenantEvent;
}) {
  const { tenant, event } = props;
  const t = useText();
  const links = useLinks();
  const logs = logsOfEvent(tenant, event);
  if (!logs) return null;
  return (
    <TextLink
      href={links.tenant(tenant.name, 'logs', logs)}
      aria-label={t('workloads.logsOf', { name: event.object.name })}
    >
      {t('workloads.logs')}
    </TextLink>
  );
}
