// SPDX-License-Identifier: Apache-2.0
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, type KeyboardEvent, type RefObject } from 'react';
import classes from '../tenantry.module.css';
import { useText } from '../useText';
import type { ContainerExits } from './ContainerExits';
import { LogBreakRow } from './LogBreakRow';
import { LogLineRow } from './LogLineRow';
import type { LogSearch } from './LogSearch';
import type { LogSnapshot } from './LogSession';
import { podSeries } from './podSeries';
import { ROW_HEIGHT_PX, type FollowTail } from './useFollowTail';

/** Rows drawn above and below what is in view. With a view of 2,000 px that is under 200 rows. */
const OVERSCAN = 24;

/** Props of {@link LogLines}. */
export type LogLinesProps = {
  readonly log: LogSnapshot;
  readonly tail: FollowTail;
  readonly scroller: RefObject<HTMLDivElement>;
  readonly wrap: boolean;
  readonly zone: 'utc' | 'local';
  readonly search: LogSearch | undefined;
  /** Key of the match that was gone to. */
  readonly current: number | undefined;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly exits: Pick<ContainerExits, 'get'>;
  readonly onShowBefore?: (pod: string, container: string) => void;
};

/** The lines in view. Everything else of the log is not in the document. */
export function LogLines(props: LogLinesProps) {
  const { log, tail, scroller, wrap, zone, search, current } = props;
  const t = useText();
  const { buffer, firstKey, sources } = log;
  const count = Math.max(0, tail.endKey - firstKey);
  const series = useMemo(() => podSeries(sources), [sources]);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: OVERSCAN,
    getItemKey: index => firstKey + index,
  });
  useEffect(() => {
    if (current !== undefined) {
      virtualizer.scrollToIndex(current - firstKey, { align: 'center' });
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- goes there once, not again when lines come
  }, [current]);
  return (
    // A scroller must take the focus, else the keyboard cannot reach what is out of view.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={scroller}
      className={classes.lines}
      role="log"
      aria-live="off"
      aria-label={t('logs.lines')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={tail.onScroll}
      onKeyDown={props.onKeyDown}
      onMouseUp={() => {
        if (document.getSelection()?.isCollapsed === false) tail.pause();
      }}
    >
      <div
        className={classes.linesInner}
        data-wrap={wrap}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(item => {
          const key = firstKey + item.index;
          const row = buffer.get(key);
          if (!row) return null;
          const line =
            row.kind === 'line' ? series.get(row.source.pod) : undefined;
          return (
            <div
              key={key}
              data-index={item.index}
              ref={wrap ? virtualizer.measureElement : undefined}
              style={wrap ? wrappedPlace(item.start) : undefined}
            >
              {row.kind === 'line' && line && (
                <LogLineRow
                  line={row}
                  top={wrap ? 0 : item.start}
                  series={line}
                  zone={zone}
                  search={search}
                  current={key === current}
                />
              )}
              {row.kind !== 'line' && (
                <LogBreakRow
                  row={row}
                  exit={props.exits.get(key)}
                  top={wrap ? 0 : item.start}
                  onShowBefore={props.onShowBefore}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function wrappedPlace(top: number) {
  return {
    position: 'absolute',
    top: 0,
    left: 0,
    width: '100%',
    transform: `translateY(${top}px)`,
  } as const;
}
