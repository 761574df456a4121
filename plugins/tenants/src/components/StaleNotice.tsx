// SPDX-License-Identifier: Apache-2.0
import { Button, VisuallyHidden } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import { formatDuration } from '../formatting/duration';
import type { Connection } from '../live/Live';
import { useTryNow } from '../live/useLive';
import { classes } from '../styles';
import { useText } from '../useText';
import { useNow } from './sharedClock';

/** Says that the page is old, how old, and what happens next. Shows nothing while the page is live. */
export function StaleNotice({
  connection,
}: {
  readonly connection: Connection;
}) {
  const t = useText();
  const now = useNow();
  const tryNow = useTryNow();
  const { state, since, lastAt, nextTryAt } = connection;
  if (state !== 'stale') return null;
  const age = formatDuration(t, now - (lastAt ?? since ?? now));
  const wait = nextTryAt === undefined ? 0 : nextTryAt - now;
  return (
    <div className={classes.notice} data-notice="stale">
      {/* The age and the wait change each second; only that it began is said aloud. */}
      <VisuallyHidden role="status">{t('freshness.stale')}</VisuallyHidden>
      <RiAlertLine size={16} aria-hidden />
      <span className={classes.grow}>
        <strong>{t('stale.title', { age })}</strong>{' '}
        {wait > 0
          ? t('stale.text', { wait: formatDuration(t, wait + 999) })
          : t('stale.textNow')}
      </span>
      <Button size="small" variant="secondary" onPress={tryNow}>
        {t('stale.tryNow')}
      </Button>
    </div>
  );
}
