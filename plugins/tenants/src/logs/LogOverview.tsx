// SPDX-License-Identifier: Apache-2.0
import { useMemo, type ReactNode } from 'react';
import type { QueryChange } from '../navigation';
import { LOG_ENDED } from './LogRow';
import { LogHistogram, MAX_BARS } from './LogHistogram';
import { LogLegend, type PodEnd } from './LogLegend';
import { classes } from './styles';
import type { ViewState } from './LogView';

function endsOf({ log, exits }: ViewState): ReadonlyMap<string, PodEnd> {
  const ends = new Map<string, PodEnd>();
  for (const end of log.ends) {
    const exit = exits.get(end.key);
    const row = log.buffer.get(end.key);
    const reason = row?.kind === 'sourceEnded' ? row.reason : LOG_ENDED;
    // What wrote after its end runs again: it crashed, but it is not over.
    const last = log.buffer.lastTimeOf(log.buffer.sourceId(end.source));
    const isOver = Number.isNaN(last) || last <= end.after;
    if (isOver || exit) {
      ends.set(end.source.pod, {
        isOver,
        reason: exit?.reason || reason,
        bad: exit !== undefined && exit.code !== 0,
      });
    }
  }
  return ends;
}

/** Where to look: lines over time, and whose they are. */
export function LogOverview(props: {
  readonly view: ViewState;
  readonly onChange: (change: QueryChange) => void;
  readonly children: ReactNode;
}) {
  const { view, onChange, children } = props;
  const { log, filter, acts, lines } = view;
  const { buffer } = log;
  const buckets = useMemo(
    () => buffer.volume.buckets(MAX_BARS),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the volume changes with the rows
    [buffer, log.endKey, log.firstKey],
  );
  const seen = lines.current?.seen;
  const hasSeen = seen !== undefined && log.endKey > log.firstKey;
  return (
    <>
      <LogHistogram
        buckets={buckets}
        seen={
          hasSeen
            ? { from: buffer.timeOf(seen.from), to: buffer.timeOf(seen.to) }
            : undefined
        }
        onGo={at => acts.goTo(buffer.findTime(at))}
        onNarrow={({ from, to }) =>
          onChange({
            from: new Date(from).toISOString(),
            to: new Date(to).toISOString(),
            since: undefined,
            line: undefined,
          })
        }
      />
      <div className={classes.legend}>
        <LogLegend
          log={log}
          hidden={filter.hiddenPods}
          ends={endsOf(view)}
          onHide={filter.onHide}
        />
        {children}
      </div>
    </>
  );
}
