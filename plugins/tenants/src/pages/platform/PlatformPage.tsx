// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import {
  platformReadPermission,
  type Operation,
  type PlatformStatus,
  type TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, type ReactNode } from 'react';
import { ViewAsControl } from '../../access/ViewAsControl';
import { tenantsApiRef } from '../../api';
import { Freshness } from '../../components/Freshness';
import { ForbiddenBlock, LiveGate } from '../../components/LiveGate';
import { StaleNotice } from '../../components/StaleNotice';
import { StateBlock } from '../../components/StateBlock';
import { useAnswer } from '../../live/useAnswer';
import { useLivePlatform, useLiveTenants } from '../../live/useLive';
import { useNewestOperations } from '../../operations/useNewestOperations';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { TopPage } from '../PageFrame';
import { AdoptionCard } from './AdoptionCard';
import { CapacityCard } from './CapacityCard';
import { ClusterTable } from './ClusterTable';
import { DefinitionsCard } from './DefinitionsCard';
import { FactsStrip } from './FactsStrip';
import styles from './platform.module.css';
import { PlatformOperations } from './PlatformOperations';
import { TroubledTenants } from './TroubledTenants';

const NONE: readonly Operation[] = [];

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

/** In the order of what is asked here: can the data be trusted, is there room, what fails across tenants, is the catalogue in order. */
function PlatformBody({ platform }: { readonly platform: PlatformStatus }) {
  const operations = useNewestOperations({ isAllowed: true });
  const live = useLiveTenants();
  const rows = useMemo(
    () => (live.value ? Object.values(live.value.tenants) : undefined),
    [live.value],
  );
  return (
    <>
      {platform.problems.map(problem => (
        <div key={problem} className={classes.notice} role="status">
          <RiAlertLine size={16} aria-hidden />
          <span>{problem}</span>
        </div>
      ))}
      <FactsStrip platform={platform} operations={operations} />
      <Clusters clusters={platform.clusters} rows={rows} />
      <div className={styles.pair}>
        {rows && <CapacityCard rows={rows} />}
        {rows && <TroubledTenants rows={rows} />}
      </div>
      <Catalogue
        platform={platform}
        rows={rows}
        operations={<PlatformOperations operations={operations ?? NONE} />}
      />
    </>
  );
}

function Clusters(props: {
  readonly clusters: PlatformStatus['clusters'];
  readonly rows: readonly TenantRow[] | undefined;
}) {
  const t = useText();
  if (props.clusters.length > 0) return <ClusterTable {...props} />;
  return (
    <StateBlock
      kind="empty"
      title={t('platform.empty')}
      text={t('platform.emptyText')}
    />
  );
}

/** The operations beside what the module definitions say of the tenants, and what became of the definitions. */
function Catalogue(props: {
  readonly platform: PlatformStatus;
  readonly rows: readonly TenantRow[] | undefined;
  readonly operations: ReactNode;
}) {
  const { platform, rows, operations } = props;
  const { modules } = useApi(tenantsApiRef);
  // The content of the definitions decides what the list says.
  const versions = (platform.definitions ?? []).map(d => d.version).join();
  const list = useAnswer(signal => modules.list({ signal }), versions).value;
  const status = platform.definitions ?? list?.status;
  return (
    <div className={styles.pair}>
      <div className={classes.column}>
        {operations}
        {status && <DefinitionsCard status={status} />}
      </div>
      {list && rows && <AdoptionCard modules={list} total={rows.length} />}
    </div>
  );
}
