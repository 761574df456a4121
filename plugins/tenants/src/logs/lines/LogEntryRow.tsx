// SPDX-License-Identifier: Apache-2.0
import { memo } from 'react';
import type { ContainerExit } from '../ContainerExits';
import { LogBreakRow } from '../LogBreakRow';
import type { LogBuffer } from '../LogBuffer';
import type { PodSeries } from '../podSeries';
import type { EntryKind } from '../rows/RowEntries';
import type { TimeFormat } from '../../times/TimeFormat';
import { FoldRow, GapRow } from './FoldRow';
import type { LineAct } from './LineActions';
import { LogLineRow, type LevelWords } from './LogLineRow';

/** What the rows do when they are used. It must stay the same object while the rows do. */
export type RowActions = {
  readonly toggle: (key: number) => void;
  readonly act: (key: number, act: LineAct) => void;
  readonly downloadLine: (key: number) => void;
  readonly showBefore?: (pod: string, container: string) => void;
  readonly skipToNow?: () => void;
};

/** Props of {@link LogEntryRow}. */
export type LogEntryRowProps = {
  readonly buffer: LogBuffer;
  readonly kind: EntryKind;
  readonly entryKey: number;
  readonly count: number;
  readonly series: ReadonlyMap<string, PodSeries>;
  readonly zone: TimeFormat;
  readonly words: LevelWords;
  readonly opened: boolean;
  readonly selected: boolean;
  readonly exit: ContainerExit | undefined;
  readonly actions: RowActions;
};

function EntryRow(props: LogEntryRowProps) {
  const { buffer, kind, entryKey, count, series, actions } = props;
  const row = buffer.get(entryKey);
  if (!row) return null;
  const toggle = () => actions.toggle(entryKey);
  if (kind === 'gap') return <GapRow count={count} onOpen={toggle} />;
  if (row.kind !== 'line') {
    return (
      <LogBreakRow
        row={row}
        exit={props.exit}
        onShowBefore={actions.showBefore}
        onSkipToNow={actions.skipToNow}
      />
    );
  }
  const look = series.get(row.source.pod);
  if (!look) return null;
  if (kind === 'fold' || kind === 'opened') {
    return (
      <FoldRow
        buffer={buffer}
        entryKey={entryKey}
        count={count}
        opened={kind === 'opened'}
        series={look}
        selected={props.selected}
        onToggle={toggle}
      />
    );
  }
  return (
    <LogLineRow
      line={row}
      series={look}
      zone={props.zone}
      words={props.words}
      count={count}
      opened={props.opened}
      selected={props.selected}
      onToggle={toggle}
      onAct={act => actions.act(entryKey, act)}
      onDownloadLine={() => actions.downloadLine(entryKey)}
    />
  );
}

/** One row of the view, whatever it stands for. */
export const LogEntryRow = memo(EntryRow);
