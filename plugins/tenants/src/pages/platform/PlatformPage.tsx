// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import {
  HEALTH_CODES_BY_URGENCY,
  platformReadPermission,
  type PlatformStatus,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { ViewAsControl } from '../../access/ViewAsControl';
import { tenantsApiRef } from '../../api';
import { TextLink } from '../../components/TextLink';
import { HealthMark } from '../../components/HealthMark';
import { Freshness } from '../../components/Freshness';
import { ForbiddenBlock, LiveGate } from '../../components/LiveGate';
import { StaleNotice } from '../../components/StaleNotice';
import { StateBlock } from '../../components/StateBlock';
import { useAnswer } from '../../live/useAnswer';
import { useLivePlatform, useLiveTenants } from '../../live/useLive';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { TopPage } from '../PageFrame';
import { AdoptionCard } from './AdoptionCard';
import { CapacityCard } from './CapacityCard';
import { ClusterTable } from './ClusterTable';
import { DefinitionsCard } from './DefinitionsCard';
import styles from './platform.module.css';
import { PlatformOperations } from './PlatformOperations';
import { TroubledTenants } from './TroubledTenants';

/** Whether the data can be trusted, and what fails across tenants. */
export function PlatformPage() {
  const t = useText();
  const live = useLivePlatform();
  return (
    <TopPage>
      <div className={classes.titleRow}>
        <h2 className={`${classes.title} ${classes.grow}`}>
          {t('platform.title')}
        </h2>
        <Freshness connection={live.connection} at={live.at} />
        <ViewAsControl />
      </div>
      <StaleNotice connection={live.connection} />
      <LiveGate
        live={live}
        errorTitle={t('platform.errorTitle')}
        skeleton={<Skeleton height={320} />}
        renderEnd={end => (
          <ForbiddenBlock
            title={t('platform.forbiddenTitle')}
            permission={platformReadPermission.name}
            message={end.message}
          />
        )}
      >
        {platform => <PlatformBody platform={platform} />}
      </LiveGate>
    </TopPage>
  );
}

function PlatformBody({ platform }: { readonly platform: PlatformStatus }) {
  const t = useText();
  return (
    <>
      {platform.problems.map(problem => (
        <div key={problem} className={classes.notice} role="status">
          <RiAlertLine size={16} aria-hidden />
          <span>{problem}</span>
        </div>
      ))}
      <TenantCounts platform={platform} />
      {platform.clusters.length === 0 ? (
        <StateBlock
          kind="empty"
          title={t('platform.empty')}
          text={t('platform.emptyText')}
        />
      ) : (
        <ClusterTable clusters={platform.clusters} />
      )}
      <AcrossTenants platform={platform} />
    </>
  );
}

/** What the clusters do not say themselves: needs the tenants, the operations and the definitions. */
function AcrossTenants({ platform }: { readonly platform: PlatformStatus }) {
  const { modules } = useApi(tenantsApiRef);
  const live = useLiveTenants();
  const rows = useMemo(
    () => (live.value ? Object.values(live.value.tenants) : undefined),
    [live.value],
  );
  // The content of the definitions decides what the list says.
  const versions = (platform.definitions ?? []).map(d => d.version).join();
  const list = useAnswer(signal => modules.list({ signal }), versions).value;
  const status = platform.definitions ?? list?.status;
  return (
    <>
      <div className={styles.pair}>
        {rows && <TroubledTenants rows={rows} />}
        <PlatformOperations />
      </div>
      <div className={styles.pair}>
        {rows && <CapacityCard rows={rows} />}
        {list && rows && <AdoptionCard modules={list} total={rows.length} />}
      </div>
      {status && <DefinitionsCard status={status} />}
    </>
  );
}

function TenantCounts({ platform }: { readonly platform: PlatformStatus }) {
  const t = useText();
  const links = useLinks();
  const { tenants } = platform;
  const total = Object.values(tenants).reduce((sum, n) => sum + n, 0);
  return (
    <section className={classes.card} aria-label={t('platform.byHealth')}>
      <div className={classes.cardHead}>
        <h3>{t('platform.byHealth')}</h3>
      </div>
      <ul
        className={`${classes.cardBody} ${classes.strip}`}
        style={{ listStyle: 'none', margin: 0, gap: 20 }}
      >
        <li>
          <TextLink href={links.list}>
            <strong>{total}</strong> {t('list.all')}
          </TextLink>
        </li>
        {HEALTH_CODES_BY_URGENCY.map(code => (
          <li key={code} className={classes.row}>
            <HealthMark code={code} />
            <TextLink
              href={`${links.list}?health=${code.toLowerCase()}`}
              aria-label={`${tenants[code] ?? 0} ${code}`}
            >
              <strong>{tenants[code] ?? 0}</strong>
            </TextLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
