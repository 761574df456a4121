// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  LogSelection,
  TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useState } from 'react';
import { tenantsApiRef } from '../../api';
import { clockTime } from '../../formatting/clockTime';
import { formatNumber } from '../../formatting/quantity';
import { useText } from '../../useText';
import classes from '../logs.module.css';
import type { LogSession } from '../LogSession';

/** The portal is asked when the reader stopped typing for so long. */
const ASK_AFTER_MS = 800;

/** Matches in lines from before the first that is held. */
type Beyond = { readonly matched: number; readonly since: number };

type CountOptions = {
  readonly api: Pick<TenantsApi, 'openLogs'>;
  readonly tenant: string;
  readonly query: LogSelection;
  readonly signal: AbortSignal;
};

/** Counts the matches in older lines, on the server. `undefined` when it cannot say. */
export async function countBeyond(
  options: CountOptions,
): Promise<Beyond | undefined> {
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
  return matched > 0 ? { matched, since } : undefined;
}

/** Asks the portal for matches in lines that are not held, and offers to load them. */
export function SearchBeyond(props: {
  readonly session: LogSession;
  readonly tenant: string;
  readonly selection: LogSelection;
  readonly q: string;
  /** Matches in the lines that are held. */
  readonly here: number;
  readonly onLoad: (from: string) => void;
}) {
  const { session, tenant, selection, q, here, onLoad } = props;
  const api = useApi(tenantsApiRef);
  const t = useText();
  const [beyond, setBeyond] = useState<Beyond & { q: string }>();
  const key = JSON.stringify([tenant, selection, q]);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      const query = beyondQuery(session, selection, q);
      if (!query) return;
      countBeyond({ api, tenant, query, signal }).then(
        found => {
          if (!signal.aborted) setBeyond(found && { ...found, q });
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
  }, [api, session, key]);
  if (beyond?.q !== q) return null;
  return (
    <span className={classes.small}>
      {t('logs.matchesBeyond', {
        here: formatNumber(here),
        more: formatNumber(beyond.matched),
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

function beyondQuery(
  session: LogSession,
  selection: LogSelection,
  q: string,
): LogSelection | undefined {
  const { buffer, firstKey, endKey } = session.read();
  if (firstKey === endKey || selection.around) return undefined;
  const first = buffer.timeOf(firstKey);
  if (Number.isNaN(first)) return undefined;
  return {
    ...selection,
    follow: false,
    // Counting shows nothing, so it needs no secret and no line in the audit.
    unmasked: undefined,
    sinceTime: undefined,
    sinceSeconds: undefined,
    untilTime: new Date(first).toISOString(),
    tailLines: 'all',
    q,
    content: 'counts',
    counts: 60,
  };
}
