// SPDX-License-Identifier: Apache-2.0
import { formatAgo, formatShortDuration, tickOf } from '../formatting/duration';
import { clockTime, dateTime } from '../formatting/clockTime';
import { formatMoment } from '../formatting/moment';
import { classes } from '../styles';
import type { TimeFormat } from '../times/TimeFormat';
import { useTimeFormat } from '../times/useTimeFormat';
import { useText, type Translate } from '../useText';
import { useNow } from './sharedClock';

/** Props of {@link Age}. */
export type AgeProps = {
  /** ISO time; absent when nobody knows. */
  readonly since: string | undefined;
  /** `ago`: "42 min ago"; `duration`: "42 min". */
  readonly format?: 'ago' | 'duration';
  /** Also for who wants moments, because one stands beside it. */
  readonly alwaysRelative?: boolean;
};

type Times = { readonly at: number; readonly now: number };

/** Steps are counted from `at`, so that a minute is over when it is over and not when the clock shows one. */
function stepSince(at: number, now: number): number {
  const tick = tickOf(now - at);
  return at + Math.floor((now - at) / tick) * tick;
}

function relativeText(t: Translate, { at, now }: Times, isAgo: boolean) {
  return isAgo ? formatAgo(t, at, now) : formatShortDuration(t, now - at);
}

function momentText(
  t: Translate,
  { at, now }: Times,
  style: { readonly isAgo: boolean; readonly zone: TimeFormat },
): string {
  const { isAgo, zone } = style;
  const time = formatMoment(at, now, {
    timeZone: zone === 'local' ? undefined : 'UTC',
    toMinute: !isAgo,
  });
  return isAgo ? time : t('time.since', { time });
}

/** A time as the user wants it, relative or as a moment; the other one shows on hover. A relative one keeps itself up to date. */
export function Age(props: AgeProps) {
  const { since, format = 'ago', alwaysRelative = false } = props;
  const t = useText();
  const [zone] = useTimeFormat();
  const at = since === undefined ? Number.NaN : Date.parse(since);
  const known = !Number.isNaN(at);
  const now = useNow(n => (known ? stepSince(at, n) : 0));
  if (!known) return <span className={classes.age}>{t('time.notKnown')}</span>;
  const isAgo = format === 'ago';
  const relative = relativeText(t, { at, now }, isAgo);
  const absolute = t('time.absolute', {
    utc: dateTime(at),
    local: clockTime(at, 'local'),
  });
  const isRelative = zone === 'relative' || alwaysRelative;
  return (
    <time
      className={classes.age}
      dateTime={since}
      title={isRelative ? absolute : `${relative} · ${absolute}`}
    >
      {isRelative ? relative : momentText(t, { at, now }, { isAgo, zone })}
    </time>
  );
}
