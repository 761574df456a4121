// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import type { QueryChange } from '../navigation';
import { levelBits } from './levelBits';
import type { LogSnapshot } from './LogSession';
import type { LogSearchState } from './search/useLogSearch';
import type { ReaderFilter } from './useLogReader';
import type { LogTaste } from './useLogTaste';

/** Which lines the address asks for. It is part of a link, the taste is not. */
export type LogFilter = {
  readonly rules: ReaderFilter;
  readonly mode: LogTaste['mode'];
  readonly hiddenPods: ReadonlySet<string>;
  readonly onHide: (pods: ReadonlySet<string>) => void;
};

/** What {@link useLogFilter} reads. */
export type LogFilterOptions = {
  readonly log: LogSnapshot;
  readonly query: URLSearchParams;
  readonly search: LogSearchState;
  readonly taste: LogTaste;
  readonly onChange: (
    change: QueryChange,
    options?: { replace: boolean },
  ) => void;
};

/** Reads the filter of an address. */
export function useLogFilter(options: LogFilterOptions): LogFilter {
  const { log, query, search, taste, onChange } = options;
  const hide = query.get('hide') ?? '';
  const mode = query.get('mode') === 'filter' ? 'filter' : 'highlight';
  const { buffer } = log;
  const known = buffer.sources.length;
  const hiddenPods = useMemo(
    () => new Set(hide.split(',').filter(Boolean)),
    [hide],
  );
  const hidden = useMemo(
    () =>
      new Set(
        buffer.sources
          .slice(0, known)
          .flatMap((source, id) => (hiddenPods.has(source.pod) ? [id] : [])),
      ),
    [buffer, known, hiddenPods],
  );
  const levels = levelBits(query.get('level'));
  const filter = mode === 'filter' ? search.run : undefined;
  const { fold } = taste;
  const rules = useMemo(
    () => ({ levels, hidden, filter, fold }),
    [levels, hidden, filter, fold],
  );
  return {
    rules,
    mode,
    hiddenPods,
    onHide: pods =>
      onChange({ hide: [...pods].join(',') || undefined }, { replace: true }),
  };
}
