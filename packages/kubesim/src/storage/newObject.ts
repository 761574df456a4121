// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { Clock, Random } from '../time/Clock';
import { ApiError, badRequest, invalid } from './ApiError';
import { cloneJson, isRecord } from './json';
import type { KubeObject, Metadata, NewObject } from './Objects';
import { timestamp } from './timestamp';

type Ports = { readonly clock: Clock; readonly random: Random };

const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const MAX_PREFIX = 58;

/** A draft with the identity the server gives a new object. @throws ApiError 400, 422 */
export function newObject(
  kind: Kind,
  given: NewObject,
  ports: Ports,
): KubeObject {
  checkType(kind, given);
  const { status, ...content } = cloneJson(given);
  const metadata = newMetadata(
    kind,
    isRecord(given.metadata) ? content.metadata : {},
    ports,
  );
  const object: KubeObject = { ...content, metadata };
  // Controllers in this process and bulk loads may give a status at once; over HTTP the route drops it.
  if (isRecord(status)) object.status = status;
  return object;
}

function checkType(kind: Kind, { apiVersion, kind: name }: NewObject): void {
  if (apiVersion !== kind.apiVersion)
    throw badRequest(
      `${name} in version ${JSON.stringify(
        kind.version,
      )} cannot be handled as a ${
        kind.kind
      }: no kind "${name}" is registered for version "${apiVersion}" in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    );
  if (name === kind.kind) return;
  const group = kind.group.split('.')[0] || 'core';
  throw badRequest(
    `${name} in version ${JSON.stringify(
      kind.version,
    )} cannot be handled as a ${kind.kind}: converting (${
      kind.version
    }.${name}) to (${group}.${kind.kind}): unknown conversion`,
  );
}

function newMetadata(
  kind: Kind,
  given: Partial<Metadata>,
  { clock, random }: Ports,
): Metadata {
  if (given.resourceVersion)
    throw new ApiError({
      code: 500,
      reason: '',
      message: 'resourceVersion should not be set on objects to be created',
    });
  const name = given.name || generatedName(given.generateName, random);
  if (!name) {
    throw invalid(kind, '', [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
        field: 'metadata.name',
      },
    ]);
  }
  const { selfLink: _selfLink, ...own } = { selfLink: undefined, ...given };
  return {
    ...own,
    name,
    namespace: kind.namespaced ? given.namespace : undefined,
    uid: uid(random),
    resourceVersion: '',
    generation: kind.generation ? 1 : given.generation,
    creationTimestamp: timestamp(clock.now()),
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
  };
}

function generatedName(prefix: string | undefined, random: Random): string {
  if (!prefix) return '';
  const letter = () =>
    SUFFIX_LETTERS[Math.floor(random() * SUFFIX_LETTERS.length)];
  const suffix = Array.from({ length: SUFFIX_LENGTH }, letter).join('');
  return prefix.slice(0, MAX_PREFIX) + suffix;
}

/** A new identity. */
export function uid(random: Random): string {
  const word = () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  const [a, b, c, d] = [word(), word(), word(), word()];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(
    4,
  )}${d}`;
}
