// SPDX-License-Identifier: Apache-2.0
import { VIEW_AS_HEADER } from '@tenantry/backstage-plugin-tenants-common';
import type { SnapshotBody } from '../snapshots/SnapshotBody';
import type { Exchange } from './RouteGuard';

const OBSERVED_AT = 'X-Tenantry-Observed-At';

/**
 * Answers with a prepared body, or with 304 when the caller has it already. To be called after the caller’s right was checked:
 * a 304 tells something too.
 *
 * @param observedAt - When the data is known to be of; `undefined` when never.
 */
export async function sendBody(
  { req, res }: Exchange,
  body: SnapshotBody,
  observedAt?: string,
): Promise<void> {
  setReadHeaders({ req, res }, observedAt);
  res.set('ETag', body.etag);
  if (names(req.headers['if-none-match'], body.etag)) {
    res.status(304).end();
    return;
  }
  res.set('Content-Type', 'application/json; charset=utf-8');
  const zipped =
    req.acceptsEncodings('gzip', 'identity') === 'gzip'
      ? await body.gzipped()
      : undefined;
  // The host’s compression leaves alone what has a Content-Encoding.
  if (zipped) res.set('Content-Encoding', 'gzip');
  const bytes = zipped ?? body.plain();
  res.set('Content-Length', String(bytes.length));
  res.end(bytes);
}

/** Headers of every answer that depends on the caller. */
export function setReadHeaders({ res }: Exchange, observedAt?: string): void {
  res.set('Cache-Control', 'private, no-cache');
  res.set('Vary', `Authorization, Accept-Encoding, ${VIEW_AS_HEADER}`);
  if (observedAt !== undefined) res.set(OBSERVED_AT, observedAt);
}

/** Whether an If-None-Match names the tag. Compared weakly, as proxies that compress mark tags weak. */
function names(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .map(tag => tag.trim().replace(/^W\//, ''))
    .some(tag => tag === '*' || tag === etag);
}
