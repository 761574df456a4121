// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { LogSelection } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useRef, useState, type RefObject } from 'react';
import { tenantsApiRef } from '../api';
import type { QueryChange } from '../navigation';
import { useText } from '../useText';
import { lineAsJson, lineAsText, linesAsMarkdown } from './copy/lineAsText';
import type { DownloadWhat } from './copy/DownloadMenu';
import { shownLines } from './copy/shownLines';
import { textBody, useDownload, type Download } from './copy/useDownload';
import type { LineAct } from './lines/LineActions';
import type { RowActions } from './lines/LogEntryRow';
import type { LinesHandle } from './lines/LogLines';
import type { OlderState } from './LogNotices';
import type { LogLine } from './LogRow';
import type { LogSession } from './LogSession';
import type { LogSearchState } from './search/useLogSearch';
import type { FollowTail } from './useFollowTail';
import type { LogReader } from './useLogReader';

/** What {@link useLineActions} acts on. */
export type LineActionsOptions = {
  readonly session: LogSession;
  readonly tenant: string;
  readonly selection: LogSelection;
  readonly tail: FollowTail;
  readonly reader: LogReader;
  readonly lines: RefObject<LinesHandle>;
  readonly search: LogSearchState;
  readonly onChange: (change: QueryChange) => void;
  readonly onRestart: () => void;
};

/** What a reader can do with lines. */
export type ViewActions = {
  readonly rowActions: RowActions;
  readonly download: Download;
  readonly done: string | undefined;
  readonly older: OlderState;
  readonly select: (key: number) => void;
  readonly goTo: (key: number) => void;
  readonly stepMatch: (by: 1 | -1) => void;
  readonly stepError: (by: 1 | -1) => void;
  readonly stepRow: (by: 1 | -1) => void;
  readonly act: (act: LineAct) => void;
  readonly widen: (by: 'before' | 'after') => void;
  readonly openShown: () => void;
  readonly loadOlder: () => void;
  readonly save: (what: DownloadWhat) => void;
};

/** The link that leads to a line, with all that the address says. */
function linkTo(position: string): string {
  const url = new URL(window.location.href);
  url.searchParams.set('line', position);
  return url.toString();
}

function useCopy(options: LineActionsOptions) {
  const { session } = options;
  const t = useText();
  const [done, setDone] = useState<string>();
  const put = async (text: string, said: string) => {
    await navigator.clipboard?.writeText(text);
    setDone(said);
  };
  const linkOf = (key: number) => {
    const position = session.positionOf(key);
    return position && linkTo(position);
  };
  const copy = (line: LogLine) => {
    const chosen = document.getSelection();
    const text = chosen?.isCollapsed === false ? chosen.toString() : '';
    return put(text || lineAsText(line), t('logs.copiedLine'));
  };
  const copyMarkdown = (line: LogLine, key: number) =>
    put(
      linesAsMarkdown([line], linkOf(key) ?? window.location.href),
      t('logs.copiedLine'),
    );
  const copyLink = async (key: number) => {
    const link = linkOf(key);
    if (link) await put(link, t('logs.copiedLink'));
    else setDone(t('logs.noLink'));
  };
  return { done, copy, copyMarkdown, copyLink };
}

function useOlder({ session }: LineActionsOptions) {
  const [state, setState] = useState<{ of: LogSession; older: OlderState }>();
  const older = state?.of === session ? state.older : 'idle';
  const loadOlder = () => {
    setState({ of: session, older: 'loading' });
    session.loadOlder(new AbortController().signal).then(
      added => setState({ of: session, older: added > 0 ? 'idle' : 'none' }),
      () => setState({ of: session, older: 'idle' }),
    );
  };
  return { older, loadOlder };
}

function useSave(options: LineActionsOptions) {
  const { session, tenant, selection, lines } = options;
  const api = useApi(tenantsApiRef);
  const download = useDownload();
  const saveShown = (format: DownloadWhat['format']) => {
    const handle = lines.current;
    if (!handle) return;
    const { buffer } = session.read();
    const write = format === 'text' ? lineAsText : lineAsJson;
    const texts = shownLines(buffer, handle.list, handle.end);
    function* written() {
      for (const line of texts) yield write(line);
    }
    const extension = format === 'text' ? 'log' : 'ndjson';
    download.start(async () => ({
      fileName: `${tenant}-shown.${extension}`,
      body: textBody(written()),
    }));
  };
  const saveAll = (format: DownloadWhat['format'], line?: string) =>
    download.start(signal =>
      api.downloadLogs(
        tenant,
        {
          ...selection,
          follow: false,
          around: undefined,
          linesBefore: undefined,
          linesAfter: undefined,
          scope: undefined,
          tailLines: line ? undefined : 'all',
          timestamps: format === 'text' ? true : undefined,
          prefix: format === 'text' ? true : undefined,
          line,
          format,
        },
        { signal },
      ),
    );
  const save = ({ all, format }: DownloadWhat) =>
    all ? saveAll(format) : saveShown(format);
  const saveLine = (key: number) => saveAll('text', session.positionOf(key));
  return { download, save, saveLine };
}

function useMoves(options: LineActionsOptions) {
  const { session, tail, reader, lines, search } = options;
  const select = (key: number) => {
    tail.pause();
    reader.select(key);
  };
  const goTo = (key: number) => {
    select(key);
    const away = lines.current?.goTo(key);
    if (away !== undefined) reader.open([away]);
  };
  const here = () => reader.selected ?? lines.current?.seen.to ?? 0;
  return {
    select,
    goTo,
    here,
    stepMatch: (by: 1 | -1) => {
      const next = search.step(reader.selected, by);
      if (next !== undefined) goTo(next);
    },
    stepError: (by: 1 | -1) => {
      const next = session.read().buffer.findLevel('error', here(), by);
      if (next !== undefined) goTo(next);
    },
    stepRow: (by: 1 | -1) => {
      const handle = lines.current;
      if (!handle) return;
      const { entries } = handle.list;
      const place =
        entries.placeOf(here()) + (reader.selected === undefined ? 0 : by);
      if (place >= entries.start && place < handle.end) {
        goTo(entries.keyAt(place));
      }
    },
    openShown: () => {
      const handle = lines.current;
      if (!handle) return;
      const { entries } = handle.list;
      const keys: number[] = [];
      const end = entries.placeOf(handle.seen.to) + 1;
      for (let p = entries.placeOf(handle.seen.from); p < end; p++) {
        keys.push(entries.keyAt(p));
      }
      reader.open(keys);
    },
  };
}

/** What can be done with lines: by keys, by the buttons of a row and by those of the page. */
export function useLineActions(options: LineActionsOptions): ViewActions {
  const { session, reader, selection, onChange, onRestart } = options;
  const moves = useMoves(options);
  const copies = useCopy(options);
  const { download, save, saveLine } = useSave(options);
  const { older, loadOlder } = useOlder(options);
  const actOn = (key: number, act: LineAct) => {
    const row = session.read().buffer.get(key);
    if (row?.kind !== 'line') return;
    if (act === 'context') reader.widen(key);
    else if (act === 'copy') void copies.copy(row);
    else if (act === 'markdown') void copies.copyMarkdown(row, key);
    else void copies.copyLink(key);
  };
  // Rows must not be drawn anew because these are made anew.
  const now = useRef({ actOn, saveLine, reader, onChange, onRestart });
  now.current = { actOn, saveLine, reader, onChange, onRestart };
  const { previous, follow } = selection;
  const rowActions = useMemo<RowActions>(
    () => ({
      toggle: key => now.current.reader.toggle(key),
      act: (key, act) => now.current.actOn(key, act),
      downloadLine: key => now.current.saveLine(key),
      showBefore: previous
        ? undefined
        : (pod, container) =>
            now.current.onChange({ pod, container, previous: '1' }),
      skipToNow: follow ? () => now.current.onRestart() : undefined,
    }),
    [previous, follow],
  );
  return {
    ...moves,
    rowActions,
    download,
    save,
    done: copies.done,
    older,
    loadOlder,
    act: act => actOn(moves.here(), act),
    widen: by => {
      options.tail.pause();
      reader.widen(moves.here(), by);
    },
  };
}
