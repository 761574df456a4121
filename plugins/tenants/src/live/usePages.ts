// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useState } from 'react';
import type { Problem } from './Live';
import { problemOf } from './problemOf';

/** Rows of a list that are held at the most: beyond that, filters help and scrolling does not. */
export const MAX_ROWS = 2_000;

type Page<T> = {
  readonly items: readonly T[];
  readonly nextCursor?: string;
};

type State<P> = {
  readonly key: string;
  readonly pages: readonly P[];
  readonly isAsking: boolean;
  readonly problem?: Problem;
};

/** A list that is read page by page. */
export type Pages<T, P> = {
  readonly items: readonly T[];
  /** The page that came last: what it says beside its items is the newest. */
  readonly last?: P;
  readonly isAsking: boolean;
  readonly problem?: Problem;
  /** There is more, and room for it. */
  readonly hasMore: boolean;
  /** There is more than is held. */
  readonly isFull: boolean;
  /** Reads the next page, or the one that failed once more. */
  readonly more: () => void;
};

function begin<P>(key: string): State<P> {
  return { key, pages: [], isAsking: true };
}

/** Reads the first page, and each next one on demand; begins anew when `key` becomes another one. */
export function usePages<T, P extends Page<T>>(
  ask: (cursor: string | undefined, signal: AbortSignal) => Promise<P>,
  key: string,
): Pages<T, P> {
  const [state, setState] = useState<State<P>>(() => begin(key));
  if (state.key !== key) setState(begin(key));
  const { pages, isAsking, problem } = state;
  const last = pages.at(-1);
  const cursor = last?.nextCursor;
  useEffect(() => {
    if (!isAsking) return undefined;
    const controller = new AbortController();
    const take = (change: (known: State<P>) => Partial<State<P>>) => {
      if (controller.signal.aborted) return;
      setState(known => ({ ...known, isAsking: false, ...change(known) }));
    };
    ask(cursor, controller.signal).then(
      page => take(known => ({ pages: [...known.pages, page] })),
      error => take(() => ({ problem: problemOf(error) })),
    );
    return () => controller.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says when the question is another one
  }, [key, isAsking]);
  const more = useCallback(
    () => setState(known => ({ ...known, isAsking: true, problem: undefined })),
    [],
  );
  const items = pages.flatMap(page => page.items);
  const hasRest = cursor !== undefined;
  const isFull = hasRest && items.length >= MAX_ROWS;
  return {
    items,
    last,
    isAsking,
    problem,
    hasMore: hasRest && !isFull,
    isFull,
    more,
  };
}
