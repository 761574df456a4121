// SPDX-License-Identifier: Apache-2.0
import { BgProvider, Button } from '@backstage/ui';
import { RiArrowDownLine } from '@remixicon/react';
import type {
  LogSelection,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { formatNumber } from '../formatting/quantity';
import type { QueryChange } from '../navigation';
import classes from '../tenantry.module.css';
import { useText, type Translate } from '../useText';
import { ContainerExits } from './ContainerExits';
import { LogLegend } from './LogLegend';
import { LogLines } from './LogLines';
import type { LogOptions } from './logSelection';
import type { LogSnapshot } from './LogSession';
import { LogStatusBar } from './LogStatusBar';
import { LogToolbar } from './LogToolbar';
import { useFollowTail, type FollowTail } from './useFollowTail';
import { useLogMatches, type LogMatchState } from './useLogMatches';
import { useLogTaste } from './useLogTaste';

/** Above this the number of new lines is no longer counted aloud. */
const MANY_LINES = 9_999;

/** Props of {@link LogView}. */
export type LogViewProps = {
  readonly log: LogSnapshot;
  readonly tenant: Tenant;
  readonly selection: LogSelection;
  readonly options: LogOptions;
  readonly q: string;
  readonly onChange: (
    change: QueryChange,
    options?: { replace: boolean },
  ) => void;
};

/** The view is the page: lines scroll, the page does not. */
export function LogView(props: LogViewProps) {
  const { log, tenant, selection, options, q, onChange } = props;
  // eslint-disable-next-line react-hooks/exhaustive-deps -- another log has keys of its own
  const exits = useMemo(() => new ContainerExits(), [log.buffer]);
  exits.update(log, tenant);
  const scroller = useRef<HTMLDivElement>(null);
  const tail = useFollowTail(log, scroller);
  const matches = useLogMatches(log, q);
  const [taste, setTaste] = useLogTaste();
  const step = (by: 1 | -1) => {
    tail.pause();
    matches.step(by);
  };
  return (
    <div className={classes.logPage}>
      <LogToolbar
        selection={selection}
        options={options}
        q={q}
        matches={{ ...matches, step }}
        tail={tail}
        onChange={onChange}
      />
      <div className={classes.logCard}>
        <BgProvider bg="neutral-1">
          <LogLegend sources={log.sources} taste={taste} onTaste={setTaste} />
        </BgProvider>
        <LogLines
          log={log}
          tail={tail}
          scroller={scroller}
          wrap={taste.wrap}
          zone={taste.zone}
          search={matches.search}
          current={matches.current}
          onKeyDown={event =>
            onKey(event, tail, { ...matches, step }, scroller.current)
          }
          exits={exits}
          onShowBefore={
            selection.previous
              ? undefined
              : (pod, container) => onChange({ pod, container, previous: '1' })
          }
        />
        {!tail.following && tail.newRows > 0 && <NewLinesPill tail={tail} />}
        <LogStatusBar log={log} following={tail.following} />
      </div>
    </div>
  );
}

function onKey(
  event: KeyboardEvent,
  tail: FollowTail,
  matches: LogMatchState,
  scroller: HTMLElement | null,
): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === ' ') (tail.following ? tail.pause : tail.resume)();
  else if (event.key === 'End') tail.resume();
  else if (event.key === 'Home') {
    tail.pause();
    if (scroller) scroller.scrollTop = 0;
  } else if (event.key === 'n') matches.step(1);
  else if (event.key === 'N') matches.step(-1);
  else return;
  event.preventDefault();
}

function pillText(t: Translate, tail: FollowTail): string {
  const lines =
    tail.newRows > MANY_LINES
      ? t('logs.newLinesMany')
      : t('logs.newLines', {
          count: tail.newRows,
          n: formatNumber(tail.newRows),
        });
  return tail.newErrors > 0
    ? `${lines}, ${t('logs.errors', { count: tail.newErrors })}`
    : lines;
}

function NewLinesPill({ tail }: { readonly tail: FollowTail }) {
  const t = useText();
  return (
    <div className={classes.pill}>
      <Button
        variant="primary"
        iconStart={<RiArrowDownLine />}
        onPress={tail.resume}
      >
        {pillText(t, tail)}
      </Button>
    </div>
  );
}
