// SPDX-License-Identifier: Apache-2.0
import { useCallback, useMemo, useState } from 'react';
import { contextKeys, type LineContext } from './rows/contextKeys';
import type { RowRules } from './rows/RowList';
import type { SearchRun } from './search/SearchRun';
import type { LogSession } from './LogSession';

/** Lines that one step of context adds. */
const CONTEXT_STEP = 20;

/** What the reader chose in the lines. */
export type LogReader = {
  readonly rules: RowRules;
  readonly selected: number | undefined;
  readonly context: LineContext | undefined;
  readonly select: (key: number | undefined) => void;
  readonly toggle: (key: number) => void;
  readonly open: (keys: readonly number[]) => void;
  /** Lines around the chosen line: of its container first, then of all; `by` widens to one side. */
  readonly widen: (key: number, by?: 'before' | 'after') => void;
};

/** What decides which rows there are, besides what was opened. */
export type ReaderFilter = {
  readonly levels: number;
  readonly hidden: ReadonlySet<number>;
  /** The search, where only its hits are shown. */
  readonly filter: SearchRun | undefined;
  readonly fold: boolean;
};

function widened(
  before: LineContext | undefined,
  key: number,
  by?: 'before' | 'after',
): LineContext {
  const known = before?.key === key ? before : undefined;
  const start = known ?? {
    key,
    before: CONTEXT_STEP,
    after: CONTEXT_STEP,
    all: false,
  };
  if (!known) return start;
  if (by === undefined) return { ...known, all: true };
  return { ...known, [by]: known[by] + CONTEXT_STEP };
}

type Choice = {
  readonly selected: number | undefined;
  readonly opened: ReadonlySet<number>;
  readonly context: LineContext | undefined;
};

const emptyChoice: Choice = {
  selected: undefined,
  opened: new Set(),
  context: undefined,
};

/** Keeps what was opened, chosen and asked for around a line. Another log starts anew. */
export function useLogReader(
  session: LogSession,
  filter: ReaderFilter,
): LogReader {
  const [held, setHeld] = useState({ session, ...emptyChoice });
  const choice = held.session === session ? held : emptyChoice;
  const { selected, opened, context } = choice;
  const change = useCallback(
    (make: (before: Choice) => Partial<Choice>) =>
      setHeld(before => {
        const own = before.session === session ? before : emptyChoice;
        return { session, ...emptyChoice, ...own, ...make(own) };
      }),
    [session],
  );
  const around = useMemo(
    () => contextKeys(session.read().buffer, context),
    [session, context],
  );
  const { levels, hidden, filter: hits, fold } = filter;
  const rules = useMemo<RowRules>(
    () => ({ levels, hidden, hits, opened, context: around, fold }),
    [levels, hidden, hits, opened, around, fold],
  );
  const select = useCallback(
    (key: number | undefined) => change(() => ({ selected: key })),
    [change],
  );
  const toggle = useCallback(
    (key: number) =>
      change(before => {
        const next = new Set(before.opened);
        if (!next.delete(key)) next.add(key);
        return { opened: next };
      }),
    [change],
  );
  const open = useCallback(
    (keys: readonly number[]) =>
      change(before => ({ opened: new Set([...before.opened, ...keys]) })),
    [change],
  );
  const widen = useCallback(
    (key: number, by?: 'before' | 'after') =>
      change(before => ({
        selected: key,
        context: widened(before.context, key, by),
      })),
    [change],
  );
  return { rules, selected, context, select, toggle, open, widen };
}
