// SPDX-License-Identifier: Apache-2.0
import {
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
} from 'react';
import type { LogSnapshot } from './LogSession';

/** Height of a row that is not wrapped, in CSS pixels. */
export const ROW_HEIGHT_PX = 20;
const AT_END_PX = 4;

type Frozen = { readonly endKey: number; readonly errors: number };

/** How the view stands to the end of the log. */
export type FollowTail = {
  readonly following: boolean;
  /** Key after the last row to draw. */
  readonly endKey: number;
  readonly newRows: number;
  readonly newErrors: number;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly onScroll: () => void;
};

/**
 * Follow is the scroll position made visible: at the end the view follows; any move up pauses it, and nothing moves
 * under the reader until it follows again. Rows that come meanwhile are counted, not drawn.
 */
export function useFollowTail(
  log: Pick<LogSnapshot, 'firstKey' | 'endKey' | 'errors'>,
  scroller: RefObject<HTMLElement>,
): FollowTail {
  const [frozen, setFrozen] = useState<Frozen>();
  const lastTop = useRef(0);
  const lastFirst = useRef(log.firstKey);
  const { firstKey, endKey, errors } = log;

  const pause = useCallback(
    () => setFrozen(held => held ?? { endKey, errors }),
    [endKey, errors],
  );
  const resume = useCallback(() => setFrozen(undefined), []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (!frozen) element.scrollTop = element.scrollHeight;
    // Rows that are let go above must not push what is being read.
    else if (firstKey > lastFirst.current) {
      element.scrollTop -= (firstKey - lastFirst.current) * ROW_HEIGHT_PX;
    }
    lastFirst.current = firstKey;
    lastTop.current = element.scrollTop;
  });

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const atEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX;
    const up = scrollTop < lastTop.current;
    const down = scrollTop > lastTop.current;
    lastTop.current = scrollTop;
    if (up && !atEnd) pause();
    else if (down && atEnd) resume();
  }, [scroller, pause, resume]);

  return {
    following: frozen === undefined,
    endKey: frozen?.endKey ?? endKey,
    newRows: frozen ? endKey - frozen.endKey : 0,
    newErrors: frozen ? errors - frozen.errors : 0,
    pause,
    resume,
    onScroll,
  };
}
