// SPDX-License-Identifier: Apache-2.0
import { HealthShape } from '../../components/HealthShape';
import { formatNumber } from '../../formatting/quantity';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';
import styles from './platform.module.css';
import { sortKinds, type ClusterKind } from './watchedKinds';

type State = ClusterKind['state'];

function kindState(t: Translate, state: State): string {
  const texts: Record<State, string> = {
    synced: t('platform.stateSynced'),
    refreshing: t('platform.stateRefreshing'),
    stale: t('platform.stateStale'),
    forbidden: t('platform.stateForbidden'),
    notServed: t('platform.stateNotServed'),
  };
  return texts[state];
}

/** What is read of a cluster: a kind that is refused or behind is said, the others are counted and shown on request. */
export function KindsCell(props: { readonly kinds: readonly ClusterKind[] }) {
  const t = useText();
  const { all, watched, notServed, wrong, isAllWrong } = sortKinds(props.kinds);
  return (
    <div className={styles.kinds}>
      {isAllWrong ? (
        <AllWrong kinds={wrong} />
      ) : (
        wrong.map(kind => <WrongKind key={kind.kind} kind={kind} />)
      )}
      <details>
        <summary>
          {t('platform.watched', { count: watched.length })}
          {notServed.length > 0 &&
            `; ${t('platform.notServed', {
              n: String(notServed.length),
              kinds: notServed.map(({ kind }) => kind).join(', '),
            })}`}
        </summary>
        <ul>
          {all.map(kind => (
            <li key={kind.kind} title={kind.message}>
              {kind.kind} {formatNumber(kind.objects)}{' '}
              {kind.state !== 'synced' && (
                <span className={classes.muted}>
                  {kindState(t, kind.state)}
                </span>
              )}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function WrongKind({ kind }: { readonly kind: ClusterKind }) {
  const t = useText();
  return (
    <div className={styles.wrong}>
      <HealthShape code="Unknown" size={13} />
      <span>
        <strong>{kind.kind}</strong>{' '}
        <span className={classes.warnInk} data-tone="warn">
          {kindState(t, kind.state)}
        </span>
        {kind.message && `: ${kind.message}`}
      </span>
    </div>
  );
}

/** Each kind by its name would say no more than their reasons do. */
function AllWrong(props: { readonly kinds: readonly ClusterKind[] }) {
  const t = useText();
  const reasons = new Set(props.kinds.flatMap(({ message }) => message ?? []));
  return (
    <div className={styles.wrong}>
      <HealthShape code="Unknown" size={13} />
      <span>
        <span className={classes.warnInk} data-tone="warn">
          {t('platform.allBehind', { count: props.kinds.length })}
        </span>
        {reasons.size > 0 && `: ${[...reasons].join('; ')}`}
      </span>
    </div>
  );
}
