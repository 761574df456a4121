// SPDX-License-Identifier: Apache-2.0
import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  type ForwardedRef,
  type MouseEvent,
} from 'react';
import { useText } from '../../useText';
import type { ContainerExits } from '../ContainerExits';
import { classes } from '../styles';
import type { LogSession } from '../LogSession';
import { podSeries } from '../podSeries';
import type { RowList, RowRules } from '../rows/RowList';
import type { SearchRun } from '../search/SearchRun';
import type { FollowTail } from '../useFollowTail';
import { useLogSnapshot } from '../useLogSnapshot';
import type { LogTaste } from '../useLogTaste';
import { LogEntryRow, type RowActions } from './LogEntryRow';
import { levelWords } from './LogLineRow';
import { useHitMarks } from './useHitMarks';
import { useRowList } from './useRowList';
import { useRowWindow, type RowWindow } from './useRowWindow';
import { useWholeRows } from './useWholeRows';

/** What others may do with the lines. */
export type LinesHandle = {
  /** The rows of the view as they are now. */
  readonly list: RowList;
  /** Place behind the last row that is drawn. */
  readonly end: number;
  /** Keys of what can be seen: of the first row, and of the last. */
  readonly seen: { readonly from: number; readonly to: number };
  /** Moves a row into the middle. Returns the key of the row it is put away in, when it is. */
  readonly goTo: (key: number) => number | undefined;
};

/** Props of {@link LogLines}. */
export type LogLinesProps = {
  readonly session: LogSession;
  readonly tail: FollowTail;
  readonly scroller: React.RefObject<HTMLDivElement>;
  readonly rules: RowRules;
  readonly run: SearchRun | undefined;
  readonly taste: LogTaste;
  readonly selected: number | undefined;
  readonly exits: Pick<ContainerExits, 'get'>;
  readonly actions: RowActions;
  readonly onSelect: (key: number) => void;
};

function handleOf(list: RowList, rows: RowWindow, end: number): LinesHandle {
  const { entries } = list;
  const last = Math.max(rows.seen.first, rows.seen.end - 1);
  return {
    list,
    end,
    seen: { from: entries.keyAt(rows.seen.first), to: entries.keyAt(last) },
    goTo(key) {
      const found = list.find(key);
      if (!found) return undefined;
      rows.center(found.place);
      const { kind, key: entryKey } = found.entry;
      const isAway = kind === 'fold' || kind === 'gap' || entryKey !== key;
      return isAway ? entryKey : undefined;
    },
  };
}

function placesOf(rows: RowWindow): number[] {
  return Array.from(
    { length: Math.max(0, rows.end - rows.first) },
    (_unused, i) => rows.first + i,
  );
}

/** Tells rows apart that were opened, or wrapped, by their height. */
function useMeasure(
  props: LogLinesProps,
  list: ReturnType<typeof useRowList>,
  what: string,
) {
  const { taste, rules, scroller } = props;
  const varies = taste.wrap || rules.opened.size > 0;
  const { wrap } = taste;
  useEffect(() => list.heights.clear(), [list, wrap]);
  useEffect(() => {
    if (!varies) return;
    for (const row of scroller.current?.querySelectorAll<HTMLElement>(
      '[data-place]',
    ) ?? []) {
      list.heights.measure(Number(row.dataset.place), row.offsetHeight);
    }
  }, [varies, list, scroller, what]);
}

function Lines(props: LogLinesProps, ref: ForwardedRef<LinesHandle>) {
  const { session, tail, scroller, rules, taste, selected } = props;
  const t = useText();
  const log = useLogSnapshot(session);
  const { buffer, sources } = log;
  const view = useRowList(buffer, rules);
  const { list, heights } = view;
  const { entries } = list;
  const end = tail.frozen ? entries.placeOf(tail.frozen.endKey) : entries.end;
  const rows = useRowWindow({ list, heights, scroller, tail, end });
  const words = useMemo(() => levelWords(t), [t]);
  const pods = sources.map(source => source.pod).join(' ');
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a new list of the same pods gives the same looks
  const series = useMemo(() => podSeries(sources), [pods]);
  const what = `${rows.first} ${rows.end} ${selected} ${
    taste.zone
  } ${props.run?.version()}`;
  useMeasure(props, view, what);
  useWholeRows(scroller);
  const layer = useRef<HTMLDivElement>(null);
  useHitMarks({ scroller, layer, session, run: props.run, what });
  useImperativeHandle(ref, () => handleOf(list, rows, end));

  const select = (event: MouseEvent<HTMLElement>) => {
    if (document.getSelection()?.isCollapsed === false) {
      tail.pause();
      return;
    }
    if (!(event.target instanceof Element)) return;
    if (event.target.closest('button')) return;
    const place =
      event.target.closest<HTMLElement>('[data-place]')?.dataset.place;
    if (place !== undefined) props.onSelect(entries.keyAt(Number(place)));
  };
  return (
    // A scroller must take the focus, else the keyboard cannot reach what is out of view. All its keys are the view's own.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <div
      ref={scroller}
      className={classes.lines}
      role="log"
      aria-live="off"
      aria-label={t('logs.lines')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={rows.onScroll}
      onClick={select}
    >
      <div className={classes.linesInner} style={{ height: rows.height }}>
        <div
          className={classes.window}
          data-wrap={taste.wrap}
          style={{ top: rows.offset }}
        >
          {placesOf(rows).map(place => {
            const entry = entries.get(place);
            return (
              <div
                key={`${entry.key}${entry.kind === 'opened' ? 'o' : ''}`}
                data-place={place}
              >
                <LogEntryRow
                  buffer={buffer}
                  kind={entry.kind}
                  entryKey={entry.key}
                  count={entry.count}
                  series={series}
                  zone={taste.zone}
                  words={words}
                  opened={rules.opened.has(entry.key)}
                  selected={entry.key === selected && entry.kind !== 'opened'}
                  exit={props.exits.get(entry.key)}
                  actions={props.actions}
                />
              </div>
            );
          })}
          <div ref={layer} className={classes.hitLayer} aria-hidden />
        </div>
      </div>
    </div>
  );
}

/** The lines in view. Everything else of the log is not in the document. */
export const LogLines = forwardRef(Lines);
