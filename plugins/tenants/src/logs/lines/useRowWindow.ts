// SPDX-License-Identifier: Apache-2.0
import {
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
} from 'react';
import type { RowHeights } from '../rows/RowHeights';
import type { RowList } from '../rows/RowList';
import type { FollowTail } from '../useFollowTail';

/** Rows drawn above and below what is in view. */
const OVERSCAN = 10;
/** Rows drawn at the most, however high the screen is. */
export const MAX_ROW_NODES = 300;
/** Browsers draw nothing beyond some 17 million pixels; a longer list scrolls faster than it moves. */
const MAX_HEIGHT_PX = 16_000_000;

type View = { readonly top: number; readonly height: number };

/** Keeps a row where it is while others come and go above it. */
type Anchor = { readonly key: number; readonly delta: number };

/** Which rows are drawn, and where. Places are those of the list. */
export type RowWindow = {
  readonly first: number;
  readonly end: number;
  /** Distance of the first drawn row from the top of the list as the browser has it. */
  readonly offset: number;
  readonly height: number;
  /** Places that can be seen. */
  readonly seen: { readonly first: number; readonly end: number };
  readonly onScroll: () => void;
  /** Moves a place into the middle of the view. */
  readonly center: (place: number) => void;
};

/** What {@link useRowWindow} looks at. */
export type RowWindowOptions = {
  readonly list: RowList;
  readonly heights: RowHeights;
  readonly scroller: RefObject<HTMLElement>;
  readonly tail: FollowTail;
  /** Place behind the last row that is drawn. */
  readonly end: number;
};

type Layout = {
  readonly total: number;
  readonly height: number;
  /** Pixels of the list for one pixel of scrolling. */
  readonly scale: number;
};

function layoutOf(options: RowWindowOptions, view: View): Layout {
  const { list, heights, end } = options;
  const { start } = list.entries;
  const total = heights.offsetOf(Math.max(start, end), start);
  const height = Math.min(total, MAX_HEIGHT_PX);
  const scale =
    total > height && height > view.height
      ? (total - view.height) / (height - view.height)
      : 1;
  return { total, height, scale };
}

function windowOf(options: RowWindowOptions, view: View, layout: Layout) {
  const { list, heights, tail, end } = options;
  const { start } = list.entries;
  const { total, height, scale } = layout;
  const bottom = Math.max(0, height - view.height);
  const domTop = tail.following ? bottom : Math.min(view.top, bottom);
  const top = Math.min(domTop * scale, Math.max(0, total - view.height));
  const seenFirst = heights.placeAt(top, start, end);
  const seenEnd = Math.min(
    end,
    heights.placeAt(top + view.height, start, end) + 1,
  );
  const first = Math.max(start, seenFirst - OVERSCAN);
  const last = Math.min(end, seenEnd + OVERSCAN, first + MAX_ROW_NODES);
  const offset = domTop + heights.offsetOf(first, start) - top;
  return { first, end: last, offset, seen: { first: seenFirst, end: seenEnd } };
}

/** What of the list is in view, as the browser has it. */
function useView(scroller: RefObject<HTMLElement>) {
  const [view, setView] = useState<View>({ top: 0, height: 0 });
  const told = useRef(view);
  const read = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop: top, clientHeight: height } = element;
    const { current } = told;
    // A state that is set to what it is would still have the component drawn once more, and so on.
    if (current.top === top && current.height === height) return;
    told.current = { top, height };
    setView(told.current);
  }, [scroller]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, read]);
  return { view, read };
}

/** Draws a window of a long list. The rows in it are in the normal flow; only the window has a place. */
export function useRowWindow(options: RowWindowOptions): RowWindow {
  const { list, heights, scroller, tail } = options;
  const { view, read } = useView(scroller);
  const anchor = useRef<Anchor>();
  const pinned = useRef(false);
  const layout = layoutOf(options, view);
  const { scale } = layout;

  const setTop = useCallback(
    (top: number) => {
      const element = scroller.current;
      if (!element || Math.abs(element.scrollTop - top) < 1) return;
      element.scrollTop = top;
      tail.note(element.scrollTop);
    },
    [scroller, tail],
  );

  // Before the browser draws: at the end when following, else where the reader is.
  useLayoutEffect(() => {
    const { entries } = list;
    if (!tail.following) pinned.current = false;
    // A row that was gone to stays in the middle until the pause that comes with it is here.
    if (tail.following && !pinned.current) {
      anchor.current = undefined;
      setTop(scroller.current?.scrollHeight ?? 0);
    } else if (anchor.current) {
      const place = entries.placeOf(anchor.current.key);
      const wanted = heights.offsetOf(place, entries.start);
      setTop((wanted + anchor.current.delta) / scale);
    }
    read();
  });

  const { onScroll: onTailScroll } = tail;
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const { entries } = list;
    const top = element.scrollTop * scale;
    const place = heights.placeAt(top, entries.start, options.end);
    const delta = top - heights.offsetOf(place, entries.start);
    if (place < entries.end)
      anchor.current = { key: entries.keyAt(place), delta };
    onTailScroll();
    read();
  };

  const center = (place: number) => {
    const { entries } = list;
    const delta = -Math.max(0, view.height / 2);
    anchor.current = { key: entries.keyAt(place), delta };
    pinned.current = true;
    const wanted = heights.offsetOf(place, entries.start);
    setTop(Math.max(0, wanted + delta) / scale);
    read();
  };

  return {
    ...windowOf(options, view, layout),
    height: layout.height,
    onScroll,
    center,
  };
}
