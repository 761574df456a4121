// SPDX-License-Identifier: Apache-2.0
import {
  pluginHeaderActionsApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { PluginHeader } from '@backstage/ui';
import {
  moduleReadPermission,
  platformReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, type ReactNode } from 'react';
import { ViewAsBanner } from '../access/ViewAsBanner';
import { TenantsIcon } from '../TenantsIcon';
import { useLinks } from '../navigation';
import { OperationOutlet } from '../operations/OperationDrawer';
import { JumpButton } from '../palette/JumpButton';
import { classes } from '../styles';
import { useText } from '../useText';

/** Frame of the top pages: the portal's header with our tabs. */
export function TopPage(props: {
  /** A table, which uses all the width there is. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}) {
  const { fill, children } = props;
  const t = useText();
  const links = useLinks();
  const actions = useApi(pluginHeaderActionsApiRef).getPluginHeaderActions(
    'tenants',
  );
  const { allowed } = usePermission({ permission: platformReadPermission });
  const modules = usePermission({ permission: moduleReadPermission });
  const tabs = [
    {
      id: 'tenants',
      label: t('nav.tenants'),
      href: links.list,
      matchStrategy: 'exact' as const,
    },
    ...(modules.allowed
      ? [{ id: 'modules', label: t('nav.modules'), href: links.modules }]
      : []),
    ...(allowed
      ? [
          { id: 'platform', label: t('nav.platform'), href: links.platform },
          {
            id: 'operations',
            label: t('nav.operations'),
            href: links.operations,
          },
        ]
      : []),
  ];
  return (
    <>
      <div className={classes.portalHeader}>
        <PluginHeader
          title={t('nav.tenants')}
          titleLink={links.list}
          icon={<TenantsIcon />}
          tabs={tabs}
          customActions={
            <>
              {actions}
              <JumpButton />
            </>
          }
        />
      </div>
      <main className={`${classes.page} ${fill ? classes.fill : ''}`}>
        <ViewAsBanner />
        {children}
        <OperationOutlet />
      </main>
    </>
  );
}

/** Frame of a tenant's page: the way back instead of the tabs of the top pages. */
export function DetailPage(props: {
  readonly title: string;
  readonly breadcrumbs: { label: string; href: string }[];
  readonly fill?: boolean;
  readonly children: ReactNode;
}) {
  const { title, breadcrumbs, fill, children } = props;
  const crumbs = JSON.stringify(breadcrumbs);
  // Not drawn again with each change of the tenant.
  const header = useMemo(
    () => (
      <PluginHeader
        title={title}
        icon={<TenantsIcon />}
        breadcrumbs={JSON.parse(crumbs)}
        customActions={<JumpButton />}
      />
    ),
    [title, crumbs],
  );
  return (
    <>
      <div className={classes.portalHeader}>{header}</div>
      <main className={`${classes.page} ${fill ? classes.fill : ''}`}>
        <ViewAsBanner />
        {children}
        <OperationOutlet />
      </main>
    </>
  );
}
