// SPDX-License-Identifier: Apache-2.0
import { formatAgo, formatShortDuration, tickOf } from '../formatting/duration';
import { clockTime, dateTime } from '../formatting/clockTime';
import { classes } from '../styles';
import { useText } from '../useText';
import { useNow } from './sharedClock';

/** Props of {@link Age}. */
export type AgeProps = {
  /** ISO time; absent when nobody knows. */
  readonly since: string | undefined;
  /** `ago`: "42 min ago"; `duration`: "42 min". */
  readonly format?: 'ago' | 'duration';
};

/** Steps are counted from `at`, so that a minute is over when it is over and not when the clock shows one. */
function stepSince(at: number, now: number): number {
  const tick = tickOf(now - at);
  return at + Math.floor((now - at) / tick) * tick;
}

/** A relative time that keeps itself up to date; the absolute one shows on hover and focus. */
export function Age({ since, format = 'ago' }: AgeProps) {
  const t = useText();
  const at = since === undefined ? Number.NaN : Date.parse(since);
  const known = !Number.isNaN(at);
  const now = useNow(n => (known ? stepSince(at, n) : 0));
  if (!known) return <span className={classes.age}>{t('time.notKnown')}</span>;
  const text =
    format === 'ago' ? formatAgo(t, at, now) : formatShortDuration(t, now - at);
  const absolute = t('time.absolute', {
    utc: dateTime(at),
    local: clockTime(at, 'local'),
  });
  return (
    <time className={classes.age} dateTime={since} title={absolute}>
      {text}
    </time>
  );
}
