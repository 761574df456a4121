// SPDX-License-Identifier: Apache-2.0
import { ApiError, expired } from '../storage/ApiError';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Revision } from '../storage/Revision';
import type { RequestInfo } from './RequestInfo';
import { badOption } from './writeOptions';

const MATCHES: readonly string[] = ['Exact', 'NotOlderThan', ''];
const DIGITS = /^\d+$/;

/**
 * The version a list has to show exactly; `undefined` when the present state will do.
 *
 * @throws ApiError 422 for parameters that make no sense, 504 for a version that is not reached yet
 */
export function wantedVersion(
  info: RequestInfo,
  current: number,
): number | undefined {
  const text = info.query.get('resourceVersion') ?? '';
  const match = info.query.get('resourceVersionMatch') ?? '';
  checkMatch(info, { text, match });
  if (text === '' || text === '0') return undefined;
  if (!DIGITS.test(text)) throw badVersion(text);
  const version = Number(text);
  if (version > current) throw tooLarge(version, current);
  // Without a match, a list in pages shows the version it names.
  const exact = match === 'Exact' || (match === '' && info.query.has('limit'));
  return exact && !info.query.get('continue') ? version : undefined;
}

/** The answer to a version that is no number. */
export function badVersion(text: string): ApiError {
  const quoted = JSON.stringify(text);
  return new ApiError({
    code: 500,
    reason: '',
    message: `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`,
  });
}

function checkMatch(
  { verb, query }: RequestInfo,
  { text, match }: { text: string; match: string },
): void {
  if (match === '') return;
  const refuse = (reason: string, message: string) =>
    badOption(verb, { reason, message, field: 'resourceVersionMatch' });
  const forbid = (why: string) =>
    refuse('FieldValueForbidden', `Forbidden: ${why}`);
  if (query.get('continue'))
    throw forbid('resourceVersionMatch is forbidden with continue');
  if (text === '')
    throw forbid(
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  if (!MATCHES.includes(match)) {
    const known = MATCHES.map(item => JSON.stringify(item)).join(', ');
    throw refuse(
      'FieldValueNotSupported',
      `Unsupported value: ${JSON.stringify(match)}: supported values: ${known}`,
    );
  }
  if (match === 'Exact' && text === '0')
    throw forbid(
      'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    );
}

function tooLarge(version: number, current: number): ApiError {
  return new ApiError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${version}, current: ${current}`,
    details: {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  });
}

/** The objects of a kind as they were at a version, from what changed since. @throws ApiError 410 when that is forgotten */
export function stateAt(
  store: ObjectStore,
  { kind, namespace }: RequestInfo,
  version: number,
): Revision[] {
  const changes = store.history(kind).since(version);
  if (!changes)
    throw expired(
      `The provided resource version is too old: ${version} (${
        store.history(kind).compactedAt
      })`,
    );
  const then = new Map<string, Revision | undefined>();
  for (const { revision, previous } of changes) {
    const key = keyOf(revision);
    if (!then.has(key)) then.set(key, previous);
  }
  const present = store.list(kind, namespace);
  const kept = present.filter(revision => !then.has(keyOf(revision)));
  const former = [...then.values()].filter(
    (revision): revision is Revision =>
      revision !== undefined &&
      (namespace === undefined ||
        revision.object.metadata.namespace === namespace),
  );
  return former.length === 0 ? kept : [...kept, ...former].sort(byKey);
}

function keyOf({ object }: Revision): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function byKey(left: Revision, right: Revision): number {
  return keyOf(left) < keyOf(right) ? -1 : 1;
}
