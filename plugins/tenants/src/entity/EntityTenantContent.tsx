// SPDX-License-Identifier: Apache-2.0
import { useEntity } from '@backstage/plugin-catalog-react';
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { lazy, Suspense } from 'react';
import { ViewAsBanner } from '../access/ViewAsBanner';
import { LiveGate } from '../components/LiveGate';
import { PartialNotice } from '../components/PartialNotice';
import { StaleNotice } from '../components/StaleNotice';
import { useLiveTenant } from '../live/useLive';
import { ModulesTab } from '../pages/tenant/modules/ModulesTab';
import { OperationsTab } from '../pages/tenant/operations/OperationsTab';
import { OverviewTab } from '../pages/tenant/OverviewTab';
import { QuotaTab } from '../pages/tenant/QuotaTab';
import { TenantEnd } from '../pages/tenant/TenantEnd';
import { TenantSkeleton } from '../pages/tenant/TenantPage';
import { classes } from '../styles';
import { useText } from '../useText';
import { tenantOfEntity } from './tenantOfEntity';

const LogsTab = lazy(() =>
  import('../logs/LogsTab').then(module => ({ default: module.LogsTab })),
);

/** The parts of a tenant that its catalogue entity has tabs for. @public */
export type EntityTenantPart =
  | 'overview'
  | 'modules'
  | 'operations'
  | 'logs'
  | 'quota';

/** A part of a tenant as a tab of its catalogue entity; the entity page has the title. */
export function EntityTenantContent(props: {
  readonly part?: EntityTenantPart;
}) {
  const { part = 'overview' } = props;
  const { entity } = useEntity();
  const name = tenantOfEntity(entity);
  const t = useText();
  const live = useLiveTenant(name);
  return (
    <div className={`${classes.page} ${classes.embedded}`}>
      <ViewAsBanner />
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
            <Part part={part} tenant={tenant} />
          </>
        )}
      </LiveGate>
    </div>
  );
}

function Part(props: {
  readonly part: EntityTenantPart;
  readonly tenant: Tenant;
}) {
  const { part, tenant } = props;
  switch (part) {
    case 'overview':
      return <OverviewTab tenant={tenant} />;
    case 'modules':
      return <ModulesTab tenant={tenant} />;
    case 'operations':
      return <OperationsTab tenant={tenant.name} />;
    case 'logs':
      return (
        <Suspense fallback={<TenantSkeleton />}>
          <LogsTab tenant={tenant} />
        </Suspense>
      );
    case 'quota':
      return <QuotaTab tenant={tenant} />;
    default:
      return part satisfies never;
  }
}
