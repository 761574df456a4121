// SPDX-License-Identifier: Apache-2.0
import { useEntity } from '@backstage/plugin-catalog-react';
import { ViewAsBanner } from '../access/ViewAsBanner';
import { LiveGate } from '../components/LiveGate';
import { PartialNotice } from '../components/PartialNotice';
import { StaleNotice } from '../components/StaleNotice';
import { useLiveTenant } from '../live/useLive';
import { OverviewTab } from '../pages/tenant/OverviewTab';
import { TenantEnd } from '../pages/tenant/TenantEnd';
import { TenantSkeleton } from '../pages/tenant/TenantPage';
import classes from '../tenantry.module.css';
import { useText } from '../useText';
import { tenantOfEntity } from './tenantOfEntity';

/** The overview of a tenant as a tab of its catalogue entity; the entity page has the title. */
export function EntityTenantContent() {
  const { entity } = useEntity();
  const name = tenantOfEntity(entity);
  const t = useText();
  const live = useLiveTenant(name);
  return (
    <div className={`${classes.page} ${classes.fill}`}>
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
            <OverviewTab tenant={tenant} />
          </>
        )}
      </LiveGate>
    </div>
  );
}
