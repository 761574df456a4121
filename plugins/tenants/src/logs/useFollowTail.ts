// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo, useRef, useState, type RefObject } from 'react';
import type { LogSession } from './LogSession';

const AT_END_PX = 4;

/** Where the view stopped. */
export type Frozen = {
  readonly endKey: number;
  readonly errors: number;
  /** Time of the last line, in milliseconds since the epoch. */
  readonly at: number;
};

/** How the view stands to the end of the log. */
export type FollowTail = {
  readonly following: boolean;
  /** Absent while it follows. */
  readonly frozen: Frozen | undefined;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly onScroll: () => void;
  /** Call after the view was scrolled by the program. */
  readonly note: (top: number) => void;
};

function freeze(session: LogSession): Frozen {
  const { endKey, errors, buffer } = session.read();
  const at = buffer.sources.reduce((latest, _source, id) => {
    const time = buffer.lastTimeOf(id);
    return time <= latest ? latest : time;
  }, Number.NaN);
  return { endKey, errors, at };
}

/**
 * Follow is the scroll position made visible: at the end the view follows; any move up pauses it, and nothing moves
 * under the reader until it follows again. Rows that come meanwhile are counted, not drawn.
 */
export function useFollowTail(
  session: LogSession,
  scroller: RefObject<HTMLElement>,
): FollowTail {
  const [held, setHeld] = useState<{ session: LogSession; at: Frozen }>();
  const lastTop = useRef(0);
  const frozen = held?.session === session ? held.at : undefined;

  const pause = useCallback(
    () =>
      setHeld(before =>
        before?.session === session ? before : { session, at: freeze(session) },
      ),
    [session],
  );
  const resume = useCallback(() => setHeld(undefined), []);
  const note = useCallback((top: number) => {
    lastTop.current = top;
  }, []);
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

  return useMemo(
    () => ({
      following: frozen === undefined,
      frozen,
      pause,
      resume,
      onScroll,
      note,
    }),
    [frozen, pause, resume, onScroll, note],
  );
}
