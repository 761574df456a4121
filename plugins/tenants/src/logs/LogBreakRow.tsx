// SPDX-License-Identifier: Apache-2.0
import classes from '../tenantry.module.css';
import { useText, type Translate } from '../useText';
import type { LogBreak } from './LogRow';

/** Props of {@link LogBreakRow}. */
export type LogBreakRowProps = {
  readonly row: LogBreak;
  /** Distance from the top, in CSS pixels. */
  readonly top: number;
  /** Shows the log of a container as it was before its last end. */
  readonly onShowBefore: (pod: string, container: string) => void;
};

function breakText(t: Translate, row: LogBreak): string {
  switch (row.kind) {
    case 'sourceEnded': {
      const { pod, container } = row.source;
      const reason = [row.reason, row.message].filter(Boolean).join(', ');
      return t('logs.sourceEnded', { pod, container, reason });
    }
    case 'gap':
      return t('logs.gap', { from: row.from, to: row.to, reason: row.reason });
    case 'reconnected':
      return t('logs.reconnected');
    default:
      return row satisfies never;
  }
}

/** A break between lines: a container ended, lines are missing, the connection came back. */
export function LogBreakRow({ row, top, onShowBefore }: LogBreakRowProps) {
  const t = useText();
  const ended = row.kind === 'sourceEnded' && row.reason !== 'Completed';
  return (
    <div
      className={classes.break}
      data-tone={row.kind === 'gap' || ended ? 'bad' : 'info'}
      data-testid="log-break"
      style={{ transform: `translateY(${top}px)` }}
    >
      <span>{breakText(t, row)}</span>
      {row.kind === 'sourceEnded' && (
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
