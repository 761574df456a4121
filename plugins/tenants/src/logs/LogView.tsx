// SPDX-License-Identifier: Apache-2.0
import { BgProvider } from '@backstage/ui';
import type {
  LogSelection,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useRef, useState } from 'react';
import type { QueryChange } from '../navigation';
import { ContainerExits } from './ContainerExits';
import { DownloadMenu } from './copy/DownloadMenu';
import { KeySheet } from './KeySheet';
import { LogLines, type LinesHandle } from './lines/LogLines';
import { LogNotices } from './LogNotices';
import { LogOverview } from './LogOverview';
import { classes } from './styles';
import { LogStatusBar } from './LogStatusBar';
import { LogToolbar } from './LogToolbar';
import { LogViewOptions } from './LogViewOptions';
import type { LogOptions } from './logSelection';
import type { LogSession, LogStatus } from './LogSession';
import { NewLinesPill } from './NewLinesPill';
import { SearchBeyond } from './search/SearchBeyond';
import { useLogSearch } from './search/useLogSearch';
import { useFollowTail } from './useFollowTail';
import { useFullScreen } from './useFullScreen';
import { useLineActions } from './useLineActions';
import { useLogFilter } from './useLogFilter';
import { useLogKeys } from './useLogKeys';
import { useLogReader } from './useLogReader';
import { useLinkedLine } from './useLinkedLine';
import { useSlowSnapshot } from './useLogSnapshot';
import { useLogTaste } from './useLogTaste';
import { useShown } from './useShown';
import { useTopOffset } from './useTopOffset';
import type { Unmasking } from './useUnmasked';
import { viewKeys } from './viewKeys';

/** Props of {@link LogView}. */
export type LogViewProps = {
  readonly session: LogSession;
  readonly status: LogStatus;
  readonly tenant: Tenant;
  readonly selection: LogSelection;
  readonly options: LogOptions;
  readonly query: URLSearchParams;
  readonly onChange: (
    change: QueryChange,
    options?: { replace: boolean },
  ) => void;
  /** Begins to read anew. */
  readonly onRestart: () => void;
  readonly unmasking: Unmasking;
};

/** Everything that the parts of the view share. */
function useView(props: LogViewProps) {
  const { session, tenant, selection, query, onChange, onRestart } = props;
  const log = useSlowSnapshot(session);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- another log has keys of its own
  const exits = useMemo(() => new ContainerExits(), [log.buffer]);
  exits.update(log, tenant);
  const page = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useRef<LinesHandle>(null);
  const tail = useFollowTail(session, scroller);
  const [taste, onTaste] = useLogTaste();
  const search = useLogSearch(session, query.get('q') ?? '');
  const filter = useLogFilter({ log, query, search, taste, onChange });
  const reader = useLogReader(session, filter.rules);
  const screen = useFullScreen(page);
  const acts = useLineActions({
    session,
    tenant: tenant.name,
    selection,
    tail,
    reader,
    lines,
    search,
    onChange,
    onRestart,
  });
  useLinkedLine({ session, selection, tail, onFound: acts.goTo });
  const [keysShown, setKeysShown] = useState(false);
  const shown = useShown(field, query.has('q'));
  useTopOffset(page);
  const parts = { log, exits, page, field, scroller, lines, tail };
  const choices = { taste, onTaste, search, filter, reader, screen, acts };
  return { ...parts, ...choices, keysShown, setKeysShown, shown };
}

/** What {@link useView} gives. */
export type ViewState = ReturnType<typeof useView>;

/** The view is the page: lines scroll, the page does not. */
export function LogView(props: LogViewProps) {
  const { session, status, selection, options, query, onChange } = props;
  const view = useView(props);
  const { log, tail, taste, search, filter, reader, acts, screen } = view;
  useLogKeys(viewKeys(view), taste.keys);
  return (
    <div
      className={classes.logPage}
      data-choices={view.shown.choices}
      ref={view.page}
    >
      <LogToolbar
        selection={selection}
        options={options}
        query={query}
        search={search}
        position={search.positionOf(reader.selected)}
        tail={tail}
        mode={filter.mode}
        field={view.field}
        onStep={acts.stepMatch}
        shown={view.shown}
        onChange={onChange}
      />
      <div className={classes.logCard}>
        <BgProvider bg="neutral-1">
          <LogOverview view={view} onChange={onChange}>
            <LogViewOptions
              taste={taste}
              onTaste={view.onTaste}
              fullScreen={screen.isOn}
              onFullScreen={screen.toggle}
              onKeys={() => view.setKeysShown(true)}
            >
              <DownloadMenu download={acts.download} onChoose={acts.save} />
            </LogViewOptions>
          </LogOverview>
        </BgProvider>
        <LogNotices
          log={log}
          tail={tail}
          older={acts.older}
          onOlder={acts.loadOlder}
        />
        <div className={classes.linesFrame}>
          <LogLines
            ref={view.lines}
            session={session}
            tail={tail}
            scroller={view.scroller}
            rules={reader.rules}
            run={search.run}
            taste={taste}
            selected={reader.selected}
            exits={view.exits}
            actions={acts.rowActions}
            onSelect={acts.select}
          />
        </div>
        {tail.frozen && selection.follow && (
          <NewLinesPill log={log} frozen={tail.frozen} onResume={tail.resume} />
        )}
        <LogStatusBar
          session={session}
          status={status}
          tail={tail}
          asked={options.pods.length}
          lastExit={lastExitOf(view)}
          done={acts.done}
          beyond={
            <SearchBeyond
              session={session}
              tenant={props.tenant.name}
              selection={selection}
              q={query.get('q') ?? ''}
              run={search.run}
              onLoad={from =>
                onChange({ from, to: undefined, since: undefined })
              }
            />
          }
          unmasking={props.unmasking}
          onRestart={props.onRestart}
        />
      </div>
      <KeySheet
        isOpen={view.keysShown}
        onOpenChange={view.setKeysShown}
        keysOn={taste.keys}
        onKeysOn={keys => view.onTaste({ keys })}
      />
    </div>
  );
}

function lastExitOf({ log, exits }: ViewState) {
  const last = log.ends.reduce<number>(
    (key, end) => Math.max(key, end.key),
    -1,
  );
  return exits.get(last);
}
