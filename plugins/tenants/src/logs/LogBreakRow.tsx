// SPDX-License-Identifier: Apache-2.0
import { RiCloseCircleFill, RiInformationLine } from '@remixicon/react';
import { formatAmount, formatNumber } from '../formatting/quantity';
import { useText, type Translate } from '../useText';
import type { ContainerExit } from './ContainerExits';
import { LOG_ENDED, type LogBreak } from './LogRow';
import { classes } from './styles';

type SourceEnded = LogBreak & { readonly kind: 'sourceEnded' };

/** Props of {@link LogBreakRow}. */
export type LogBreakRowProps = {
  readonly row: LogBreak;
  /** How the container ended, where that is known. */
  readonly exit: ContainerExit | undefined;
  /** Shows the log of a container as it was before its last end; absent when that is what is shown. */
  readonly onShowBefore?: (pod: string, container: string) => void;
  /** Leaves out what is still to come of a log that is held back, and goes on with what is written now. */
  readonly onSkipToNow?: () => void;
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

function gapText(t: Translate, row: LogBreak & { kind: 'gap' }): string {
  const { from, to, reason, source } = row;
  return source
    ? t('logs.gapOf', { pod: source.pod, from, to, reason })
    : t('logs.gap', { from, to, reason });
}

function breakText(t: Translate, props: LogBreakRowProps): string {
  const { row } = props;
  switch (row.kind) {
    case 'sourceEnded':
      return endText(t, row, exitOf(props));
    case 'gap':
      return gapText(t, row);
    case 'reconnected':
      return row.lossless
        ? t('logs.reconnectedLossless')
        : t('logs.reconnected');
    case 'joined': {
      const { pod, container } = row.source;
      return t('logs.joined', { pod, container });
    }
    case 'slowed':
      return t('logs.slowed', {
        lines: formatNumber(row.linesPerSecond),
        bytes: formatAmount(row.bytesPerSecond, 'bytes'),
      });
    case 'leftOut':
      return t('logs.leftOut', { n: formatNumber(row.total) });
    default:
      return row satisfies never;
  }
}

/** What the portal told with the end is of that very run; what the tenant knows is of the last one. */
function exitOf({ row, exit }: LogBreakRowProps): ContainerExit | undefined {
  return row.kind === 'sourceEnded' ? row.exit ?? exit : undefined;
}

/** A log that ended for good reason is news, not trouble. */
function isBad(row: LogBreak, exit: ContainerExit | undefined): boolean {
  if (row.kind === 'gap') return true;
  if (row.kind !== 'sourceEnded') return false;
  if (exit) return exit.code !== 0;
  return row.reason !== 'Completed' && row.reason !== LOG_ENDED;
}

/** A break between lines: a container ended, lines are missing, the connection came back. */
export function LogBreakRow(props: LogBreakRowProps) {
  const { row, onShowBefore, onSkipToNow } = props;
  const t = useText();
  const bad = isBad(row, exitOf(props));
  const Icon = bad ? RiCloseCircleFill : RiInformationLine;
  return (
    <div
      className={classes.break}
      data-tone={bad ? 'bad' : 'info'}
      data-testid="log-break"
    >
      <Icon size={12} aria-hidden />
      <span>{breakText(t, props)}</span>
      {row.kind === 'sourceEnded' && onShowBefore && (
        <button
          type="button"
          onClick={() => onShowBefore(row.source.pod, row.source.container)}
        >
          {t('logs.showBefore')}
        </button>
      )}
      {row.kind === 'slowed' && onSkipToNow && (
        <button type="button" onClick={onSkipToNow}>
          {t('logs.skipToNow')}
        </button>
      )}
    </div>
  );
}
