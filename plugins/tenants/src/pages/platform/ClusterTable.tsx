// SPDX-License-Identifier: Apache-2.0
import type {
  ClusterStatus,
  Freshness,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { ClusterFreshness } from '../../components/Freshness';
import { useNow } from '../../components/sharedClock';
import { TableCard } from '../../components/TableCard';
import { formatDuration } from '../../formatting/duration';
import { formatNumber } from '../../formatting/quantity';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { podsOf, tenantsByCluster } from './clusterLoad';
import { KindsCell } from './KindsCell';
import { sortKinds } from './watchedKinds';

const WORST_FIRST: readonly Freshness[] = ['stale', 'refreshing', 'synced'];
/** What we may not read of a cluster counts before its name. */
const hasRefusal = ({ kinds }: ClusterStatus) =>
  sortKinds(kinds).wrong.some(({ state }) => state === 'forbidden');

/** Clusters in the order of who needs somebody. Pure. */
export function worstFirst(
  clusters: readonly ClusterStatus[],
): readonly ClusterStatus[] {
  return [...clusters].sort(
    (a, b) =>
      WORST_FIRST.indexOf(a.freshness) - WORST_FIRST.indexOf(b.freshness) ||
      Number(hasRefusal(b)) - Number(hasRefusal(a)) ||
      a.name.localeCompare(b.name),
  );
}

/** Clusters, one row each, worst first: how fresh their data is, why not, what runs there, and what is read of them. */
export function ClusterTable(props: {
  readonly clusters: readonly ClusterStatus[];
  /** Absent while they are not known. */
  readonly rows: readonly TenantRow[] | undefined;
}) {
  const { clusters, rows } = props;
  const t = useText();
  const tenants = rows && tenantsByCluster(rows);
  return (
    <TableCard label={t('platform.clusters')}>
      <div className={classes.cardHead}>
        <h3>{t('platform.clusters')}</h3>
      </div>
      <table className={classes.table} aria-label={t('platform.clusters')}>
        <colgroup>
          <col style={{ width: '18%' }} />
          <col style={{ width: '32%' }} />
          <col style={{ width: '9%' }} />
          <col style={{ width: '9%' }} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('platform.cluster')}</th>
            <th scope="col">{t('platform.data')}</th>
            <th scope="col" className={classes.right}>
              {t('platform.tenants')}
            </th>
            <th scope="col" className={classes.right}>
              {t('platform.pods')}
            </th>
            <th scope="col">{t('platform.kinds')}</th>
          </tr>
        </thead>
        <tbody>
          {worstFirst(clusters).map(cluster => (
            <ClusterRow
              key={cluster.name}
              cluster={cluster}
              tenants={tenants && (tenants.get(cluster.name) ?? 0)}
            />
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}

function ClusterRow(props: {
  readonly cluster: ClusterStatus;
  readonly tenants: number | undefined;
}) {
  const { cluster, tenants } = props;
  const t = useText();
  const { problem, nextTryAt } = cluster;
  return (
    <tr data-cluster={cluster.name}>
      <th scope="row">
        <strong>{cluster.name}</strong>{' '}
        <span className={`${classes.small} ${classes.muted}`}>
          {cluster.version ?? t('platform.noVersion')}
        </span>
      </th>
      <td>
        <ClusterFreshness
          freshness={cluster.freshness}
          observedAt={cluster.observedAt}
        />
        {(problem || nextTryAt) && (
          <div className={`${classes.small} ${classes.muted}`}>
            {problem?.message}{' '}
            {nextTryAt && <NextTry at={Date.parse(nextTryAt)} />}
          </div>
        )}
      </td>
      <Count n={tenants} />
      <Count n={podsOf(cluster)} />
      <td>
        <KindsCell kinds={cluster.kinds} />
      </td>
    </tr>
  );
}

function Count({ n }: { readonly n: number | undefined }) {
  const t = useText();
  return (
    <td className={classes.right}>
      {n === undefined ? (
        <span className={`${classes.small} ${classes.muted}`}>
          {t('time.notKnown')}
        </span>
      ) : (
        formatNumber(n)
      )}
    </td>
  );
}

function NextTry({ at }: { readonly at: number }) {
  const t = useText();
  const now = useNow();
  return <>{t('platform.nextTry', { wait: formatDuration(t, at - now) })}</>;
}
