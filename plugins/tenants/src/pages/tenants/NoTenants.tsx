// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { BgProvider } from '@backstage/ui';
import {
  platformReadPermission,
  type PlatformStatus,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../api';
import { ClusterFreshness } from '../../components/Freshness';
import { StateBlock } from '../../components/StateBlock';
import { formatNumber } from '../../formatting/quantity';
import { useAnswer } from '../../live/useAnswer';
import { useLivePlatform } from '../../live/useLive';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { CreateTenant } from './CreateTenant';

/** What stands there before the first tenant: what a tenant is, how to get one, and what was looked at. */
export function NoTenants() {
  const t = useText();
  const { allowed } = usePermission({ permission: platformReadPermission });
  return (
    <StateBlock
      kind="empty"
      title={t('list.emptyTitle')}
      text={t('list.emptyText')}
    >
      <div className={classes.choices}>
        <section className={classes.stateCard}>
          <h3 className={classes.cardTitle}>{t('create.title')}</h3>
          <p className={classes.stateText}>{t('create.text')}</p>
          <BgProvider bg="neutral-1">
            <CreateTenant />
          </BgProvider>
        </section>
        <section className={classes.stateCard}>
          <h3 className={classes.cardTitle}>{t('list.adoptTitle')}</h3>
          <p className={classes.stateText}>{t('list.adoptText')}</p>
          <pre className={classes.code}>
            kubectl label namespace NAME tenantry.dev/tenant=TENANT
          </pre>
        </section>
        <section className={classes.stateCard}>
          <h3 className={classes.cardTitle}>{t('list.lookTitle')}</h3>
          <p className={classes.stateText}>{t('list.lookText')}</p>
          <pre className={classes.code}>npm start</pre>
        </section>
      </div>
      {allowed && <LookedAt />}
    </StateBlock>
  );
}

function LookedAt() {
  const t = useText();
  const platform = useLivePlatform().value;
  const api = useApi(tenantsApiRef);
  const modules = useAnswer(
    signal => api.modules.list({ signal }),
    'modules',
  ).value;
  if (!platform) return null;
  return (
    <section className={classes.card}>
      <div className={classes.cardHead}>
        <h3>{t('list.lookedAt')}</h3>
      </div>
      <ul className={classes.list}>
        {platform.clusters.map(cluster => (
          <li key={cluster.name} style={{ gridTemplateColumns: 'auto 1fr' }}>
            <span>{cluster.name}</span>
            <span className={`${classes.row} ${classes.wrap}`}>
              <ClusterFreshness
                freshness={cluster.freshness}
                observedAt={cluster.observedAt}
              />
              <span className={classes.muted}>
                {cluster.problem?.message ?? kindsText(cluster)}
              </span>
            </span>
          </li>
        ))}
        {modules && (
          <li style={{ gridTemplateColumns: 'auto 1fr' }}>
            <span>{t('create.modules')}</span>
            <span className={classes.muted}>
              {t('create.modulesLoaded', { count: modules.items.length })}
            </span>
          </li>
        )}
      </ul>
    </section>
  );
}

function kindsText(cluster: PlatformStatus['clusters'][number]): string {
  return cluster.kinds
    .map(kind => `${formatNumber(kind.objects)} ${kind.kind}`)
    .join(', ');
}
