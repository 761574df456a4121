// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from 'react';
import { LogMatches, parseLogSearch, type LogSearch } from './LogSearch';
import type { LogSnapshot } from './LogSession';

/** The hits of a search and which one was gone to. */
export type LogMatchState = {
  readonly search: LogSearch | undefined;
  readonly count: number;
  /** Place of the current match, from 1; 0 before the first step. */
  readonly position: number;
  readonly current: number | undefined;
  readonly step: (by: 1 | -1) => void;
};

/** Looks for a text in the lines that are held. Going on from the last match leads to the first. */
export function useLogMatches(log: LogSnapshot, text: string): LogMatchState {
  const search = useMemo(() => parseLogSearch(text), [text]);
  const matches = useMemo(
    () => (search ? new LogMatches(search) : undefined),
    [search],
  );
  const [current, setCurrent] = useState<number>();
  const keys = matches?.update(log.buffer) ?? [];
  const index = current === undefined ? -1 : keys.indexOf(current);
  return {
    search,
    count: keys.length,
    position: index + 1,
    current: index < 0 ? undefined : current,
    step: by => {
      if (keys.length === 0) return;
      const start = index < 0 && by < 0 ? 0 : index;
      setCurrent(keys[(start + by + keys.length) % keys.length]);
    },
  };
}
