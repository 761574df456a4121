// SPDX-License-Identifier: Apache-2.0
import type {
  ClusterStatus,
  Freshness,
} from '@tenantry/backstage-plugin-tenants-common';
import { ClusterFreshness } from '../../components/Freshness';
import { useNow } from '../../components/sharedClock';
import { formatDuration } from '../../formatting/duration';
import { formatNumber } from '../../formatting/quantity';
import { TableCard } from '../../components/TableCard';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';

type Kind = ClusterStatus['kinds'][number];

const WORST_FIRST: readonly Freshness[] = ['stale', 'refreshing', 'synced'];

function kindState(t: Translate, state: Kind['state']): string {
  const texts: Record<Kind['state'], string> = {
    synced: t('platform.stateSynced'),
    refreshing: t('platform.stateRefreshing'),
    stale: t('platform.stateStale'),
    forbidden: t('platform.stateForbidden'),
    notServed: t('platform.stateNotServed'),
  };
  return texts[state];
}

/** Clusters, worst first: how fresh their data is, why not, and each kind that is read. */
export function ClusterTable(props: {
  readonly clusters: readonly ClusterStatus[];
}) {
  const t = useText();
  const clusters = [...props.clusters].sort(
    (a, b) =>
      WORST_FIRST.indexOf(a.freshness) - WORST_FIRST.indexOf(b.freshness) ||
      a.name.localeCompare(b.name),
  );
  return (
    <TableCard label={t('platform.clusters')}>
      <div className={classes.cardHead}>
        <h3>{t('platform.clusters')}</h3>
      </div>
      <table className={classes.table} aria-label={t('platform.clusters')}>
        <colgroup>
          <col style={{ width: '18%' }} />
          <col style={{ width: '30%' }} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('platform.cluster')}</th>
            <th scope="col">{t('platform.data')}</th>
            <th scope="col">{t('platform.kinds')}</th>
          </tr>
        </thead>
        <tbody>
          {clusters.map(cluster => (
            <ClusterRow key={cluster.name} cluster={cluster} />
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}

function ClusterRow({ cluster }: { readonly cluster: ClusterStatus }) {
  const t = useText();
  return (
    <tr data-cluster={cluster.name}>
      <th scope="row">
        <strong>{cluster.name}</strong>{' '}
        <span className={`${classes.small} ${classes.muted}`}>
          {cluster.version ?? t('time.notKnown')}
        </span>
      </th>
      <td>
        <ClusterFreshness
          freshness={cluster.freshness}
          observedAt={cluster.observedAt}
        />
        <div className={`${classes.small} ${classes.muted}`}>
          {cluster.problem?.message}{' '}
          {cluster.nextTryAt && <NextTry at={Date.parse(cluster.nextTryAt)} />}
        </div>
      </td>
      <td className={classes.small}>
        <span className={`${classes.row} ${classes.wrap}`}>
          {cluster.kinds.map(kind => (
            <KindState key={kind.kind} kind={kind} />
          ))}
        </span>
      </td>
    </tr>
  );
}

function NextTry({ at }: { readonly at: number }) {
  const t = useText();
  const now = useNow();
  return <>{t('platform.nextTry', { wait: formatDuration(t, at - now) })}</>;
}

function KindState({ kind }: { readonly kind: Kind }) {
  const t = useText();
  const isTold = kind.state !== 'synced';
  // What a cluster does not have cannot be missing there.
  const isWrong = isTold && kind.state !== 'notServed';
  return (
    <span title={kind.message}>
      {kind.kind} {formatNumber(kind.objects)}
      {isTold && (
        <span
          className={isWrong ? classes.warnInk : classes.muted}
          data-tone={isWrong ? 'warn' : undefined}
        >
          {' '}
          {kindState(t, kind.state)}
          {kind.message && `: ${kind.message}`}
        </span>
      )}
    </span>
  );
}
