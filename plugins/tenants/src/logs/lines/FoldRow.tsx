// SPDX-License-Identifier: Apache-2.0
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { formatNumber } from '../../formatting/quantity';
import { useText } from '../../useText';
import { slotOf, type LogBuffer } from '../LogBuffer';
import { classes } from '../styles';
import type { PodSeries } from '../podSeries';
import { seriesStyle } from './LogLineRow';
import { MAX_STACK_LINES, tellingFrames } from './stackFrames';

/** Lines of other containers between those of a stack that are passed over. */
const MAX_BETWEEN = 1_000;

/** The lines of a stack, from its first on, whatever other containers wrote in between. */
export function stackLines(
  buffer: LogBuffer,
  key: number,
  count: number,
): string[] {
  const lines: string[] = [];
  const source = buffer.blockOf(key).sources[slotOf(key)];
  const end = Math.min(buffer.endKey, key + count + MAX_BETWEEN);
  const wanted = Math.min(count, MAX_STACK_LINES);
  for (let k = key; k < end && lines.length < wanted; k++) {
    if (buffer.blockOf(k).sources[slotOf(k)] !== source) continue;
    const row = buffer.get(k);
    if (row?.kind === 'line') lines.push(row.text);
  }
  return lines;
}

/** A stack in one row: how long it is and the two frames that tell most. */
export function FoldRow(props: {
  readonly buffer: LogBuffer;
  readonly entryKey: number;
  readonly count: number;
  readonly opened: boolean;
  readonly series: PodSeries;
  readonly selected: boolean;
  readonly onToggle: () => void;
}) {
  const { buffer, entryKey, count, opened, series, selected } = props;
  const t = useText();
  const frames = tellingFrames(stackLines(buffer, entryKey, count));
  const Icon = opened ? RiArrowDownSLine : RiArrowRightSLine;
  return (
    <div
      className={classes.line}
      data-level="error"
      data-current={selected}
      data-testid="log-fold"
      style={seriesStyle(series)}
    >
      <span />
      <span className={classes.pod} />
      <span />
      <button
        type="button"
        className={classes.foldButton}
        aria-expanded={opened}
        onClick={props.onToggle}
      >
        <Icon size={14} aria-hidden />
        {t('logs.stack', { count })}
        {frames.length > 0 && ` · ${frames.join(' → ')}`}
      </button>
    </div>
  );
}

/** Lines that a filter leaves out. They open in place. */
export function GapRow(props: {
  readonly count: number;
  readonly onOpen: () => void;
}) {
  const { count, onOpen } = props;
  const t = useText();
  return (
    <div className={classes.gap} data-testid="log-gap">
      <button type="button" onClick={onOpen}>
        {t('logs.gapLines', { count, n: formatNumber(count) })}
      </button>
    </div>
  );
}
