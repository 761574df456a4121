// SPDX-License-Identifier: Apache-2.0
import { clockTime } from '../formatting/clockTime';
import { formatNumber } from '../formatting/quantity';
import { useText } from '../useText';
import { classes } from './styles';
import type { LogSnapshot } from './LogSession';
import type { FollowTail } from './useFollowTail';

/** How the reading of older lines stands. */
export type OlderState = 'idle' | 'loading' | 'none';

/** Props of {@link LogNotices}. */
export type LogNoticesProps = {
  readonly log: LogSnapshot;
  readonly tail: FollowTail;
  readonly older: OlderState;
  readonly onOlder: () => void;
};

/** What stands before the first line: what was let go, what may be loaded, and that a line is gone. */
export function LogNotices(props: LogNoticesProps) {
  const { log, tail } = props;
  const t = useText();
  if (log.found && !log.found.found) {
    const { oldest } = log.found;
    return (
      <p className={classes.notice} role="alert">
        {t('logs.lineGone')}
        {oldest &&
          ` ${t('logs.reachBack', { time: clockTime(Date.parse(oldest)) })}`}
      </p>
    );
  }
  if (tail.following || log.endKey === log.firstKey) return null;
  return <Older {...props} />;
}

function Older({ log, older, onOlder }: LogNoticesProps) {
  const t = useText();
  const { letGo } = log;
  const canLoad = log.sources.some(source => source.key !== undefined);
  if (letGo === 0 && !canLoad) return null;
  return (
    <div className={classes.notice} data-testid="log-older">
      {letGo > 0 && <span>{t('logs.letGo', { n: formatNumber(letGo) })}</span>}
      {older === 'none' && letGo === 0 && <span>{t('logs.noOlder')}</span>}
      {older === 'loading' && <span>{t('logs.loadingOlder')}</span>}
      {older === 'idle' && canLoad && (
        <button type="button" onClick={onOlder}>
          {letGo > 0 ? t('logs.loadAgain') : t('logs.loadOlder')}
        </button>
      )}
    </div>
  );
}
