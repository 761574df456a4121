// SPDX-License-Identifier: Apache-2.0
import { useNow } from '../components/sharedClock';
import { formatDuration } from '../formatting/duration';
import { formatNumber } from '../formatting/quantity';
import classes from '../tenantry.module.css';
import { useText, type Translate } from '../useText';
import type { LogSnapshot, LogStatus } from './LogSession';

function statusText(
  t: Translate,
  status: LogStatus,
  following: boolean,
  now: number,
): string {
  switch (status.state) {
    case 'starting':
      return t('logs.starting');
    case 'waiting':
      return t('logs.waiting');
    case 'following':
      return following ? t('logs.followingStatus') : t('logs.pausedAt');
    case 'paused':
      return t('logs.pausedAt');
    case 'reconnecting': {
      const age = formatDuration(t, now - status.since);
      return t('logs.reconnecting', { age });
    }
    case 'ended':
      return endText(t, status.reason);
    case 'failed':
      return t('logs.errorTitle');
    default:
      return status satisfies never;
  }
}

function endText(
  t: Translate,
  reason: Extract<LogStatus, { state: 'ended' }>['reason'],
): string {
  if (reason === 'completed') return t('logs.ended');
  if (reason === 'forbidden') return t('logs.withdrawn');
  if (reason === 'limit') return t('logs.limitTitle');
  return t('logs.endedReason', { reason });
}

/** What the log does and how much of it is held. Said aloud when it changes; lines are not. */
export function LogStatusBar(props: {
  readonly log: LogSnapshot;
  readonly following: boolean;
}) {
  const { log, following } = props;
  const t = useText();
  const now = useNow();
  const { status, firstKey, endKey, errors } = log;
  const held = endKey - firstKey;
  return (
    <div className={classes.statusBar}>
      <b role="status" data-log-state={status.state}>
        {statusText(t, status, following, now)}
      </b>
      <span>{t('logs.held', { count: held, n: formatNumber(held) })}</span>
      {errors > 0 && <span>{t('logs.errors', { count: errors })}</span>}
      {firstKey > 0 && (
        <span>{t('logs.letGo', { n: formatNumber(firstKey) })}</span>
      )}
    </div>
  );
}
