// SPDX-License-Identifier: Apache-2.0
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { LogSession } from '../LogSession';
import { lowerBound } from '../rows/lowerBound';
import { readSearch, type ParsedSearch } from './logPattern';
import { SearchRun } from './SearchRun';

/** What is wrong with what is looked for. */
export type SearchProblem =
  | { readonly kind: 'bad'; readonly pattern?: string; readonly why: string }
  | { readonly kind: 'slow' };

/** A search and its hits. */
export type LogSearchState = {
  /** What runs: the last search that could be read. */
  readonly run: SearchRun | undefined;
  readonly problem: SearchProblem | undefined;
  readonly count: number;
  /** The hit after or before a key, going round. */
  readonly step: (from: number | undefined, by: 1 | -1) => number | undefined;
  /** Place of a key among the hits, from 1; 0 when it is none. */
  readonly positionOf: (key: number | undefined) => number;
};

const noStore = { subscribe: () => () => {}, version: () => 0 };

function stepIn(keys: readonly number[], from: number | undefined, by: 1 | -1) {
  if (keys.length === 0) return undefined;
  if (from === undefined) return by > 0 ? keys[0] : keys[keys.length - 1];
  const place = lowerBound(keys, by > 0 ? from + 1 : from);
  const wanted = by > 0 ? place : place - 1;
  return keys[(wanted + keys.length) % keys.length];
}

type History = {
  session: LogSession;
  current?: SearchRun;
  /** What ran before, to go back to. */
  before?: SearchRun;
};

function nextRun(
  history: History,
  parsed: ParsedSearch,
): SearchRun | undefined {
  const { session, current } = history;
  if (parsed.kind === 'bad') return current;
  if (current && !current.failure) history.before = current;
  history.current =
    parsed.kind === 'none'
      ? undefined
      : new SearchRun({
          buffer: session.read().buffer,
          work: session.work,
          search: parsed.search,
          subscribe: session.subscribe,
        });
  return history.current;
}

/** Runs the search of the field through the lines that are held and come. A search that cannot be read or takes too long changes nothing. */
export function useLogSearch(
  session: LogSession,
  text: string,
): LogSearchState {
  const parsed = useMemo(() => readSearch(text), [text]);
  const [slow, setSlow] = useState<SearchRun>();
  const history = useRef<History>({ session });
  const wanted = useMemo(() => {
    if (history.current.session !== session) history.current = { session };
    return nextRun(history.current, parsed);
  }, [parsed, session]);
  const isSlow = wanted !== undefined && wanted === slow;
  const run = isSlow ? history.current.before : wanted;
  useEffect(() => {
    if (!wanted) return undefined;
    const controller = new AbortController();
    void wanted.run(controller.signal).then(() => {
      if (wanted.failure) setSlow(wanted);
    });
    return () => controller.abort();
  }, [wanted]);
  useSyncExternalStore(
    run?.subscribe ?? noStore.subscribe,
    run?.version ?? noStore.version,
  );
  const keys = run?.keys ?? [];
  return {
    run,
    problem: problemOf(parsed, isSlow),
    count: keys.length,
    step: (from, by) => stepIn(keys, from, by),
    positionOf: key => {
      if (key === undefined) return 0;
      const place = lowerBound(keys, key);
      return keys[place] === key ? place + 1 : 0;
    },
  };
}

function problemOf(
  parsed: ParsedSearch,
  isSlow: boolean,
): SearchProblem | undefined {
  if (parsed.kind === 'bad') return parsed;
  return isSlow ? { kind: 'slow' } : undefined;
}
