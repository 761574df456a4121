// SPDX-License-Identifier: Apache-2.0
import classes from '../tenantry.module.css';
import { useText, type Translate } from '../useText';
import type { ContainerExit } from './ContainerExits';
import { LOG_ENDED, type LogBreak } from './LogRow';

type SourceEnded = LogBreak & { readonly kind: 'sourceEnded' };

/** Props of {@link LogBreakRow}. */
export type LogBreakRowProps = {
  readonly row: LogBreak;
  /** How the container ended, where that is known. */
  readonly exit: ContainerExit | undefined;
  /** Distance from the top, in CSS pixels. */
  readonly top: number;
  /** Shows the log of a container as it was before its last end; absent when that is what is shown. */
  readonly onShowBefore?: (pod: string, container: string) => void;
};

function endText(t: Translate, row: SourceEnded, exit?: ContainerExit): string {
  const { pod, container } = row.source;
  if (exit) {
    const reason = t('logs.exit', {
      reason: exit.reason || t('logs.unnamedExit'),
      code: String(exit.code),
    });
    return t('logs.sourceEnded', { pod, container, reason });
  }
  // That a log was read to its end says nothing yet about its container.
  if (row.reason === LOG_ENDED) return t('logs.sourceRead', { pod, container });
  const reason = [row.reason, row.message].filter(Boolean).join(', ');
  return t('logs.sourceEnded', { pod, container, reason });
}

function breakText(t: Translate, props: LogBreakRowProps): string {
  const { row, exit } = props;
  switch (row.kind) {
    case 'sourceEnded':
      return endText(t, row, exit);
    case 'gap':
      return t('logs.gap', { from: row.from, to: row.to, reason: row.reason });
    case 'reconnected':
      return t('logs.reconnected');
    default:
      return row satisfies never;
  }
}

/** A log that ended for good reason is news, not trouble. */
function isBad(reason: string, exit: ContainerExit | undefined): boolean {
  if (exit) return exit.code !== 0;
  return reason !== 'Completed' && reason !== LOG_ENDED;
}

/** A break between lines: a container ended, lines are missing, the connection came back. */
export function LogBreakRow(props: LogBreakRowProps) {
  const { row, exit, top, onShowBefore } = props;
  const t = useText();
  const ended = row.kind === 'sourceEnded' && isBad(row.reason, exit);
  return (
    <div
      className={classes.break}
      data-tone={row.kind === 'gap' || ended ? 'bad' : 'info'}
      data-testid="log-break"
      style={{ transform: `translateY(${top}px)` }}
    >
      <span>{breakText(t, props)}</span>
      {row.kind === 'sourceEnded' && onShowBefore && (
        <button
          type="button"
          onClick={() => onShowBefore(row.source.pod, row.source.container)}
        >
          {t('logs.showBefore')}
        </button>
      )}
    </div>
  );
}
