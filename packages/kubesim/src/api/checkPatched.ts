// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import { ApiError, invalid, type StatusCause } from '../storage/ApiError';
import type { KubeObject } from '../storage/Objects';

/** A patch may not make another object of one. @throws ApiError 422 */
export function checkPatched(
  kind: Kind,
  given: KubeObject,
  current: KubeObject,
): void {
  if (given.kind !== kind.kind || given.apiVersion !== kind.apiVersion)
    throw otherKind(kind, given);
  const { metadata } = given;
  const causes: StatusCause[] = [];
  if (metadata.uid !== current.metadata.uid)
    causes.push(immutable('metadata.uid', JSON.stringify(metadata.uid)));
  if (metadata.deletionTimestamp !== current.metadata.deletionTimestamp)
    causes.push(
      immutable(
        'metadata.deletionTimestamp',
        goTime(metadata.deletionTimestamp),
      ),
    );
  // The real server checks the metadata twice and tells both.
  const both = [...causes, ...causes];
  if (both.length > 0) throw invalid(kind, current.metadata.name, both);
}

function goTime(time: string | undefined): string {
  return time ? `${time.replace('T', ' ').replace('Z', '')} +0000 UTC` : 'null';
}

function immutable(field: string, value: string): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${value}: field is immutable`,
    field,
  };
}

function otherKind(kind: Kind, given: KubeObject): ApiError {
  const group = kind.group.split('.')[0] || 'core';
  const why =
    given.apiVersion === kind.apiVersion
      ? `converting (${kind.version}.${given.kind}) to (${group}.${kind.kind}): unknown conversion`
      : `no kind "${given.kind}" is registered for version "${given.apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`;
  const { kind: named, apiVersion } = given;
  return badPatch(JSON.stringify({ apiVersion, kind: named }), why);
}

/** What a patch makes cannot be read as the kind it is for: `made` is its JSON. */
export function badPatch(made: string, why: string): ApiError {
  const message = `Invalid value: ${JSON.stringify(made)}: ${why}`;
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: ` "" is invalid: patch: ${message}`,
    details: {
      causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }],
    },
  });
}
