// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { useNow } from '../components/sharedClock';
import { clockTime } from '../formatting/clockTime';
import { formatDuration } from '../formatting/duration';
import { formatNumber } from '../formatting/quantity';
import { useText, type Translate } from '../useText';
import type { ContainerExit } from './ContainerExits';
import { classes } from './styles';
import type { LogSession, LogSnapshot, LogStatus } from './LogSession';
import type { FollowTail, Frozen } from './useFollowTail';
import { MaskControl } from './MaskControl';
import { useSlowSnapshot } from './useLogSnapshot';
import type { Unmasking } from './useUnmasked';

type StatusFacts = {
  readonly status: LogStatus;
  readonly frozen: Frozen | undefined;
  readonly containers: number;
  readonly lastExit: ContainerExit | undefined;
  /** Logs that are asked for. */
  readonly asked: number;
};

function pausedText(t: Translate, frozen: Frozen | undefined): string {
  if (!frozen || Number.isNaN(frozen.at)) return t('logs.paused');
  return t('logs.pausedAt', { time: clockTime(frozen.at) });
}

function endText(t: Translate, facts: StatusFacts, reason: string): string {
  if (reason === 'forbidden') return t('logs.withdrawn');
  if (reason === 'limit') return t('logs.limitTitle');
  if (reason !== 'completed') return t('logs.endedReason', { reason });
  const { containers, lastExit } = facts;
  if (!lastExit || containers === 0) return t('logs.allRead');
  const last = t('logs.lastExit', {
    reason: lastExit.reason || t('logs.unnamedExit'),
    code: String(lastExit.code),
  });
  return `${t('logs.ended', { count: containers })} ${last}`;
}

function statusText(t: Translate, facts: StatusFacts, now: number): string {
  const { status, frozen, asked } = facts;
  switch (status.state) {
    case 'starting':
      return t('logs.starting', { count: asked });
    case 'waiting':
      return t('logs.waiting', { time: clockTime(status.since) });
    case 'following':
      return frozen ? pausedText(t, frozen) : t('logs.followingStatus');
    case 'paused':
      return pausedText(t, frozen);
    case 'given':
      return t('logs.given');
    case 'reconnecting': {
      const age = formatDuration(t, now - status.since);
      return t('logs.reconnecting', { age });
    }
    case 'ended':
      return endText(t, facts, status.reason);
    case 'failed':
      return t('logs.errorTitle');
    default:
      return status satisfies never;
  }
}

/** What the log does and how much of it is held. Said aloud when it changes; lines are not. */
export function LogStatusBar(props: {
  readonly session: LogSession;
  readonly status: LogStatus;
  readonly tail: FollowTail;
  readonly asked: number;
  readonly lastExit: ContainerExit | undefined;
  /** What was just done, as copied. */
  readonly done: string | undefined;
  /** What was found in lines that are not held. */
  readonly beyond: ReactNode;
  readonly unmasking: Unmasking;
  readonly onRestart: () => void;
}) {
  const { session, status, tail, asked, lastExit, done } = props;
  const t = useText();
  const now = useNow();
  const log = useSlowSnapshot(session);
  const facts: StatusFacts = {
    status,
    frozen: tail.frozen,
    containers: log.ends.length,
    lastExit,
    asked,
  };
  return (
    <div className={classes.statusBar}>
      <b role="status" data-log-state={status.state}>
        {statusText(t, facts, now)}
      </b>
      {status.state === 'given' && (
        <button type="button" onClick={props.onRestart}>
          {t('logs.readHere')}
        </button>
      )}
      <Totals log={log} />
      <MaskControl unmasking={props.unmasking} />
      {props.beyond}
      <span role="status">{done}</span>
      <span className={classes.grow} />
      <KeyHints following={tail.following} />
    </div>
  );
}

function Totals({ log }: { readonly log: LogSnapshot }) {
  const t = useText();
  const { firstKey, endKey, errors, masked } = log;
  const held = endKey - firstKey;
  return (
    <>
      <span>{t('logs.held', { count: held, n: formatNumber(held) })}</span>
      {errors > 0 && (
        <span>
          {t('logs.errors', { count: errors, n: formatNumber(errors) })}
        </span>
      )}
      {masked > 0 && <span>{t('logs.masked', { count: masked })}</span>}
    </>
  );
}

function KeyHints({ following }: { readonly following: boolean }) {
  const t = useText();
  // The first rank stays where there is not room for all.
  const hints = [
    [1, '/', t('logs.keySearch')],
    [2, 'n', t('logs.nextMatch')],
    [2, 'e', t('logs.keyErrors')],
    [1, 'Space', following ? t('logs.keyFollow') : t('logs.follow')],
    [1, '?', t('logs.keyHelp')],
  ] as const;
  return (
    <span className={classes.keyHints} aria-hidden>
      {hints.map(([rank, key, text]) => (
        <span key={key} data-rank={rank}>
          <kbd>{key}</kbd> {text}
        </span>
      ))}
    </span>
  );
}
