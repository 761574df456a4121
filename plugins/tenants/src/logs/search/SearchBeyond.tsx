// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  LogSelection,
  TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useMemo, useState } from 'react';
import { tenantsApiRef } from '../../api';
import { clockTime } from '../../formatting/clockTime';
import { formatNumber } from '../../formatting/quantity';
import { useText } from '../../useText';
import classes from '../logs.module.css';
import type { LogSession } from '../LogSession';
import type { SearchRun } from './SearchRun';

/** The portal is asked when the reader stopped typing for so long. */
const ASK_AFTER_MS = 800;
/** Lines this young may still be on their way. */
const YOUNG_MS = 1_000;

/** All matches there are, and since when. */
type Found = { readonly matched: number; readonly since: number };

/** What was found, and of which lines. */
type Asked = Found & {
  readonly run: SearchRun;
  readonly until: number;
  readonly endKey: number;
};

type CountOptions = {
  readonly api: Pick<TenantsApi, 'openLogs'>;
  readonly tenant: string;
  readonly query: LogSelection;
  readonly signal: AbortSignal;
};

/** Counts the matches in all lines, on the server. */
export async function countMatches(options: CountOptions): Promise<Found> {
  const { api, tenant, query, signal } = options;
  let matched = 0;
  let since = Infinity;
  for await (const message of api.openLogs(tenant, query, { signal })) {
    if (message.type !== 'event' || message.event.type !== 'counts') continue;
    for (const [start, , , , hits] of message.event.buckets) {
      matched += hits;
      if (hits > 0) since = Math.min(since, start * 1_000);
    }
  }
  return { matched, since };
}

/** Asks the portal for matches in lines that are not held, and offers to load them. */
export function SearchBeyond(props: {
  readonly session: LogSession;
  readonly tenant: string;
  readonly selection: LogSelection;
  readonly q: string;
  readonly run: SearchRun | undefined;
  readonly onLoad: (from: string) => void;
}) {
  const { session, tenant, selection, q, run, onLoad } = props;
  const api = useApi(tenantsApiRef);
  const t = useText();
  const [beyond, setBeyond] = useState<Asked>();
  const key = JSON.stringify([tenant, selection, q]);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      const until = lastTimeOf(session);
      if (!run || until === undefined || selection.around) return;
      const query = countQuery(selection, q, until);
      countMatches({ api, tenant, query, signal }).then(
        found => {
          const { endKey } = session.read();
          if (!signal.aborted) setBeyond({ ...found, run, until, endKey });
        },
        // The lines that are held were looked through; more is a courtesy.
        () => {},
      );
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says when something else is asked
  }, [api, session, run, key]);
  // What was looked through since the answer came changes nothing: it is newer.
  const looked = `${run?.scannedFrom} ${Math.min(
    run?.scannedTo ?? 0,
    beyond?.endKey ?? 0,
  )}`;
  const held = useMemo(
    () => (beyond ? heldMatches(session, beyond) : 0),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the hits of a run grow in place
    [session, beyond, looked],
  );
  if (!run || beyond?.run !== run) return null;
  const more = beyond.matched - held;
  if (more <= 0) return null;
  return (
    <span className={classes.small}>
      {t('logs.matchesBeyond', {
        here: formatNumber(run.keys.length),
        more: formatNumber(more),
        time: clockTime(beyond.since),
      })}{' '}
      <button
        type="button"
        className={classes.link}
        onClick={() => onLoad(new Date(beyond.since).toISOString())}
      >
        {t('logs.loadBeyond')}
      </button>
    </span>
  );
}

/** The last whole second of which all lines are here. */
function lastTimeOf(session: LogSession): number | undefined {
  const { buffer, firstKey, endKey } = session.read();
  if (firstKey === endKey) return undefined;
  const newest = buffer.sources.reduce((latest, _source, id) => {
    const time = buffer.lastTimeOf(id);
    return time > latest ? time : latest;
  }, -Infinity);
  if (!Number.isFinite(newest)) return undefined;
  return Math.floor((newest - YOUNG_MS) / 1_000) * 1_000;
}

/** Containers are read back to different times, so what is not held cannot be asked for by time: all is counted, and what is held taken off. */
function heldMatches(session: LogSession, asked: Asked): number {
  const { buffer } = session.read();
  const { run, until, endKey } = asked;
  return run.keys.filter(key => key < endKey && buffer.timeOf(key) < until)
    .length;
}

function countQuery(
  selection: LogSelection,
  q: string,
  until: number,
): LogSelection {
  return {
    ...selection,
    follow: false,
    // Counting shows nothing, so it needs no secret and no line in the audit.
    unmasked: undefined,
    sinceTime: undefined,
    sinceSeconds: undefined,
    untilTime: new Date(until).toISOString(),
    tailLines: 'all',
    q,
    content: 'counts',
    counts: 60,
  };
}
