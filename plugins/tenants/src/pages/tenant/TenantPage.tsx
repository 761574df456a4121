// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@backstage/ui';
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { lazy, Suspense, type ReactElement } from 'react';
import { TAB_PERMISSIONS } from '../../access/tabPermissions';
import { useAllowedActions, type Rights } from '../../access/useAllowedActions';
import { ForbiddenBlock, LiveGate } from '../../components/LiveGate';
import { PartialNotice } from '../../components/PartialNotice';
import { StaleNotice } from '../../components/StaleNotice';
import type { Live } from '../../live/Live';
import { useLiveTenant } from '../../live/useLive';
import { useLinks } from '../../navigation';
import { OperationsProvider } from '../../operations/OperationsProvider';
import type { TenantTab } from '../../routes';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { DetailPage } from '../PageFrame';
import { AuditTab } from './audit/AuditTab';
import { EventsTab } from './EventsTab';
import { ModulesTab } from './modules/ModulesTab';
import { OperationsTab } from './operations/OperationsTab';
import { MembersTab } from './members/MembersTab';
import { ObjectOutlet } from './object/ObjectDrawer';
import { OverviewTab } from './OverviewTab';
import { QuotaTab } from './QuotaTab';
import { TenantEnd } from './TenantEnd';
import { TenantHeader } from './TenantHeader';
import { tabTitle, TenantTabs } from './TenantTabs';
import { WorkloadsTab } from './WorkloadsTab';

// The log view brings its own weight and is not needed to see what is wrong.
const LogsTab = lazy(() =>
  import('../../logs/LogsTab').then(module => ({ default: module.LogsTab })),
);

// Looked at less often than the rest, and drawn.
const TimelineTab = lazy(() =>
  import('./timeline/TimelineTab').then(module => ({
    default: module.TimelineTab,
  })),
);
const NetworkTab = lazy(() =>
  import('./network/NetworkTab').then(module => ({
    default: module.NetworkTab,
  })),
);

/** Tabs of lines and tables, which use all the width there is. */
const WIDE_TABS: readonly TenantTab[] = [
  'logs',
  'workloads',
  'events',
  'operations',
  'members',
  'audit',
];

/** One tenant: healthy or not, why, since when, what to do. */
export function TenantPage(props: {
  readonly name: string;
  readonly tab: TenantTab;
}) {
  const { name, tab } = props;
  const t = useText();
  const links = useLinks();
  const live = useLiveTenant(name);
  const title = tab === 'overview' ? undefined : tabTitle(t, tab);
  // Of a tenant that is not there, or hidden, there is nothing to ask.
  const isSeen = live.value !== undefined && !live.end;
  const rights = useAllowedActions(name, isSeen ? tab : undefined);
  const content = (
    <TenantContent name={name} tab={tab} live={live} rights={rights} />
  );
  return (
    <DetailPage
      title={name}
      fill={WIDE_TABS.includes(tab)}
      breadcrumbs={[
        { label: t('tenant.breadcrumbHome'), href: links.list },
        { label: name, href: links.tenant(name) },
        ...(title ? [{ label: title, href: links.tenant(name, tab) }] : []),
      ]}
    >
      {live.end ? (
        content
      ) : (
        <OperationsProvider tenant={name} rights={rights}>
          <TenantHeader name={name} live={live} />
          <TenantTabs name={name} tab={tab} rights={rights}>
            {content}
          </TenantTabs>
        </OperationsProvider>
      )}
    </DetailPage>
  );
}

function TenantContent(props: {
  readonly name: string;
  readonly tab: TenantTab;
  readonly live: Live<Tenant>;
  readonly rights: Rights;
}) {
  const { name, tab, live, rights } = props;
  const t = useText();
  return (
    <>
      <StaleNotice connection={live.connection} />
      <LiveGate
        live={live}
        errorTitle={t('tenant.errorTitle', { name })}
        skeleton={<TenantSkeleton />}
        renderEnd={end => (
          <TenantEnd name={name} end={end} seen={live.value !== undefined} />
        )}
      >
        {tenant => (
          <>
            <PartialNotice partial={tenant.partial} />
            <TabGate name={name} tab={tab} rights={rights}>
              <TabBody tenant={tenant} tab={tab} />
            </TabGate>
            <ObjectOutlet tenant={tenant} />
          </>
        )}
      </LiveGate>
    </>
  );
}

/** A part that is known to be closed is not asked for: it says what is missing. */
function TabGate(props: {
  readonly name: string;
  readonly tab: TenantTab;
  readonly rights: Rights;
  readonly children: ReactElement;
}) {
  const { name, tab, rights, children } = props;
  const t = useText();
  const permission = TAB_PERMISSIONS[tab];
  if (permission === undefined) return children;
  if (rights.isLoading) return <TenantSkeleton />;
  const why = rights.explain(permission);
  if (why?.allowed !== false) return children;
  return (
    <ForbiddenBlock
      title={t('access.tabForbiddenTitle', {
        part: tabTitle(t, tab),
        tenant: name,
      })}
      permission={why.missing ?? permission}
      message={why.rule}
      grantedBy={why.grantedBy}
    />
  );
}

function TabBody(props: { readonly tenant: Tenant; readonly tab: TenantTab }) {
  const { tenant, tab } = props;
  switch (tab) {
    case 'overview':
      return <OverviewTab tenant={tenant} />;
    case 'modules':
      return <ModulesTab tenant={tenant} />;
    case 'workloads':
      return <WorkloadsTab tenant={tenant} />;
    case 'logs':
      return (
        <Suspense fallback={<TenantSkeleton />}>
          <LogsTab tenant={tenant} />
        </Suspense>
      );
    case 'timeline':
      return (
        <Suspense fallback={<TenantSkeleton />}>
          <TimelineTab tenant={tenant} />
        </Suspense>
      );
    case 'events':
      return <EventsTab tenant={tenant} />;
    case 'quota':
      return <QuotaTab tenant={tenant} />;
    case 'network':
      return (
        <Suspense fallback={<TenantSkeleton />}>
          <NetworkTab tenant={tenant} />
        </Suspense>
      );
    case 'operations':
      return <OperationsTab tenant={tenant.name} />;
    case 'members':
      return <MembersTab tenant={tenant} />;
    case 'audit':
      return <AuditTab tenant={tenant} />;
    default:
      return tab satisfies never;
  }
}

/** Cards of their final size, so that nothing moves when the data comes. */
export function TenantSkeleton() {
  const t = useText();
  return (
    <div
      className={classes.body}
      role="status"
      aria-label={t('problem.loading')}
    >
      <Skeleton height={140} />
      <div className={classes.two}>
        <Skeleton height={320} />
        <Skeleton height={320} />
      </div>
    </div>
  );
}
