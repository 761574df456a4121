// SPDX-License-Identifier: Apache-2.0
import type {
  LogSelection,
  TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';

const SECOND_MS = 1_000;
/** Width of the buckets in which matches are counted. */
const BUCKET_SECONDS = 60;

/** All matches there are, and since when. */
export type FoundMatches = { readonly matched: number; readonly since: number };

/** What {@link countMatches} asks. */
type CountOptions = {
  readonly api: Pick<TenantsApi, 'openLogs'>;
  readonly tenant: string;
  readonly query: LogSelection;
  readonly signal: AbortSignal;
};

/** Counts the matches in all lines, on the server. */
export async function countMatches(
  options: CountOptions,
): Promise<FoundMatches> {
  const { api, tenant, query, signal } = options;
  let matched = 0;
  let since = Infinity;
  for await (const message of api.openLogs(tenant, query, { signal })) {
    if (message.type !== 'event' || message.event.type !== 'counts') continue;
    for (const [start, , , , hits] of message.event.buckets) {
      matched += hits;
      if (hits > 0) since = Math.min(since, start * SECOND_MS);
    }
  }
  return { matched, since };
}

/** What is asked: the matches of all lines before a time. */
export function countQuery(
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
    counts: BUCKET_SECONDS,
  };
}

/**
 * From when on every line of a selection is read, in milliseconds since the epoch; infinite when only the last lines of each container
 * are. What is found from then on is here already, or will be: there is nothing to load.
 */
export function allReadFrom(selection: LogSelection, now: number): number {
  const { tailLines, sinceTime, sinceSeconds } = selection;
  if (tailLines !== 'all') return Infinity;
  if (sinceTime !== undefined) return Date.parse(sinceTime);
  return sinceSeconds === undefined
    ? -Infinity
    : now - sinceSeconds * SECOND_MS;
}
