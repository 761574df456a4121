// SPDX-License-Identifier: Apache-2.0
import type { Cause } from '@tenantry/backstage-plugin-tenants-common';
import { useLinks } from '../../navigation';
import { useText } from '../../useText';
import { TextLink } from '../TextLink';

/** Where to look at a cause: the log of its container and the events of the tenant. */
export function CausePlaces(props: {
  readonly tenant: string;
  readonly cause: Cause;
  /** Also the log before the crash, where there is one. */
  readonly hasLog: boolean;
}) {
  const { tenant, cause, hasLog } = props;
  const t = useText();
  const links = useLinks();
  const { environment: env, module, pod, container, previousLog } = cause;
  const logs = { env, module, pod, container };
  return (
    <>
      {hasLog && pod && previousLog && (
        <>
          <TextLink
            href={links.tenant(tenant, 'logs', { ...logs, previous: '1' })}
          >
            {t('cause.previousLog')}
          </TextLink>
          {' · '}
        </>
      )}
      {pod && (
        <>
          <TextLink href={links.tenant(tenant, 'logs', logs)}>
            {t('cause.logs')}
          </TextLink>
          {' · '}
        </>
      )}
      <TextLink href={links.tenant(tenant, 'events', { type: 'warning' })}>
        {t('cause.events')}
      </TextLink>
    </>
  );
}
