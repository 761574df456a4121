// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { LogSelection } from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useState } from 'react';
import { tenantsApiRef } from '../../api';
import { clockTime } from '../../formatting/clockTime';
import { formatNumber } from '../../formatting/quantity';
import { useText } from '../../useText';
import { classes } from '../styles';
import type { LogSession } from '../LogSession';
import {
  allReadFrom,
  countMatches,
  countQuery,
  type FoundMatches,
} from './countBeyond';
import { HeldHits } from './HeldHits';
import type { SearchRun } from './SearchRun';

/** The portal is asked when the reader stopped typing for so long. */
const ASK_AFTER_MS = 800;
/** Lines this young may still be on their way. */
const YOUNG_MS = 1_000;

/** What was found, by which search, and what of it is held. */
type Asked = FoundMatches & {
  readonly run: SearchRun;
  readonly held: HeldHits;
  /** From when on every line is read, so that there is nothing to load. */
  readonly readFrom: number;
};

/** Asks the portal for matches in lines that are not held, and offers to load them. */
export function SearchBeyond(props: {
  readonly session: LogSession;
  readonly tenant: string;
  readonly selection: LogSelection;
  readonly q: string;
  readonly run: SearchRun | undefined;
  readonly onLoad: (from: string) => void;
}) {
  const { session, run, onLoad } = props;
  const t = useText();
  const asked = useAsked(props);
  if (!run || asked?.run !== run || asked.since >= asked.readFrom) return null;
  const { buffer } = session.read();
  const held = asked.held.count({
    keys: run.keys,
    timeOf: key => buffer.timeOf(key),
  });
  const more = asked.matched - held;
  if (more <= 0) return null;
  return (
    <span className={classes.small}>
      {t('logs.matchesBeyond', {
        here: formatNumber(run.keys.length),
        more: formatNumber(more),
        time: clockTime(asked.since),
      })}{' '}
      <button
        type="button"
        className={classes.link}
        onClick={() => onLoad(new Date(asked.since).toISOString())}
      >
        {t('logs.loadBeyond')}
      </button>
    </span>
  );
}

/** What the portal found, once the reader has stopped typing. */
function useAsked(props: {
  readonly session: LogSession;
  readonly tenant: string;
  readonly selection: LogSelection;
  readonly q: string;
  readonly run: SearchRun | undefined;
}): Asked | undefined {
  const { session, tenant, selection, q, run } = props;
  const api = useApi(tenantsApiRef);
  const [asked, setAsked] = useState<Asked>();
  const key = JSON.stringify([tenant, selection, q]);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => {
      const until = lastTimeOf(session);
      const readFrom = allReadFrom(selection, Date.now());
      const isAll = readFrom === -Infinity;
      if (!run || until === undefined || selection.around || isAll) return;
      const query = countQuery(selection, q, until);
      countMatches({ api, tenant, query, signal }).then(
        found => {
          if (signal.aborted) return;
          setAsked({ ...found, run, readFrom, held: new HeldHits(until) });
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
  return asked;
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
