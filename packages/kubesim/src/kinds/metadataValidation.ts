// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../storage/ApiError';
import type { KubeObject } from '../storage/Objects';
import { forbiddenField, wrong } from './fieldCauses';

const PLAIN_FINALIZERS: ReadonlySet<string> = new Set([
  'orphan',
  'foregroundDeletion',
  'kubernetes',
]);
const KEY =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
export const KEY_HELP =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const OWNER_FIELDS = ['apiVersion', 'kind', 'name', 'uid'] as const;

/** What is wrong with the annotations, finalizers and owners of an object. */
export function checkMetadata({ metadata }: KubeObject): StatusCause[] {
  return [
    ...Object.keys(metadata.annotations ?? {})
      .filter(key => !KEY.test(key))
      .map(key => wrong('metadata.annotations', key, KEY_HELP)),
    ...checkFinalizers(metadata.finalizers ?? []),
    ...checkOwners(metadata.ownerReferences ?? []),
  ];
}

function checkFinalizers(finalizers: readonly string[]): StatusCause[] {
  return finalizers.flatMap((name, at) => {
    const field = `metadata.finalizers[${at}]`;
    if (!KEY.test(name)) return [wrong(field, name, KEY_HELP)];
    return name.includes('/') || PLAIN_FINALIZERS.has(name)
      ? []
      : [
          wrong(
            field,
            name,
            'name is neither a standard finalizer name nor is it fully qualified',
          ),
        ];
  });
}

function checkOwners(
  owners: NonNullable<KubeObject['metadata']['ownerReferences']>,
): StatusCause[] {
  const missing = owners.flatMap(owner =>
    OWNER_FIELDS.filter(field => !owner[field]).map(field =>
      wrong(
        `metadata.ownerReferences.${field}`,
        '',
        `${field === 'apiVersion' ? 'version' : field} must not be empty`,
      ),
    ),
  );
  const controllers = owners.filter(owner => owner.controller === true);
  if (controllers.length < 2) return missing;
  const [first, second] = controllers;
  return [
    ...missing,
    wrong(
      'metadata.ownerReferences',
      owners,
      `Only one reference can have Controller set to true. Found "true" in references for ${first.kind}/${first.name} and ${second.kind}/${second.name}`,
    ),
  ];
}

/** An object on its way out takes no new finalizers. */
export function checkLateFinalizers(
  draft: KubeObject,
  current: KubeObject,
): StatusCause[] {
  if (!current.metadata.deletionTimestamp) return [];
  const known = new Set(current.metadata.finalizers);
  const late = (draft.metadata.finalizers ?? []).filter(
    name => !known.has(name),
  );
  if (late.length === 0) return [];
  const list = late.map(name => JSON.stringify(name)).join(', ');
  const cause = forbiddenField(
    'metadata.finalizers',
    `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
  );
  // The real server checks the metadata twice and tells both.
  return [cause, cause];
}
