// SPDX-License-Identifier: Apache-2.0
import type { Freshness as DataFreshness } from '@tenantry/backstage-plugin-tenants-common';
import { RiLoopLeftLine } from '@remixicon/react';
import type { Connection } from '../live/Live';
import { classes } from '../styles';
import { useClock } from '../times/useClock';
import { useText } from '../useText';
import { HealthShape } from './HealthShape';

type State = 'live' | 'connecting' | 'reconnecting' | 'stale';

/** Freshness of the connection, which is not the health of what is shown. */
export function Freshness(props: {
  readonly connection: Connection;
  /** ISO time the data is known to be of. */
  readonly at: string | undefined;
}) {
  const { connection, at } = props;
  const t = useText();
  const clock = useClock();
  const state = connection.state === 'paused' ? 'live' : connection.state;
  const words: Record<State, string> = {
    live: t('freshness.live'),
    connecting: t('freshness.connecting'),
    reconnecting: t('freshness.reconnecting'),
    stale: t('freshness.stale'),
  };
  const time = at === undefined ? connection.lastAt : Date.parse(at);
  return (
    <span className={classes.freshness} data-freshness={state}>
      <FreshnessShape state={state} />
      {time === undefined
        ? words[state]
        : t('freshness.asOf', { state: words[state], time: clock(time) })}
    </span>
  );
}

/** Freshness of what one cluster said. */
export function ClusterFreshness(props: {
  readonly freshness: DataFreshness;
  readonly observedAt?: string;
}) {
  const { freshness, observedAt } = props;
  const t = useText();
  const clock = useClock();
  const words: Record<DataFreshness, string> = {
    synced: t('freshness.synced'),
    refreshing: t('freshness.refreshing'),
    stale: t('freshness.stale'),
  };
  const states: Record<DataFreshness, State> = {
    synced: 'live',
    refreshing: 'reconnecting',
    stale: 'stale',
  };
  const word = words[freshness];
  return (
    <span className={classes.freshness} data-freshness={freshness}>
      <FreshnessShape state={states[freshness]} />
      {observedAt === undefined
        ? word
        : t('freshness.asOf', {
            state: word,
            time: clock(Date.parse(observedAt)),
          })}
    </span>
  );
}

function FreshnessShape({ state }: { readonly state: State }) {
  if (state === 'live') return <span className={classes.dot} aria-hidden />;
  if (state === 'stale') return <HealthShape code="Unknown" size={13} />;
  return <RiLoopLeftLine size={13} aria-hidden />;
}
