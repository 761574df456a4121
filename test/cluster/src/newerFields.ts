// SPDX-License-Identifier: Apache-2.0
import { isJsonObject, type Json } from './Json';

/** A field that servers before `since` do not send. */
type NewerField = { readonly path: string; readonly since: string };

/** The simulator speaks 1.32; before it is compared with an older server, what that one cannot know goes. */
const NEWER_FIELDS: readonly NewerField[] = [
  { path: 'labels.kubernetes.io/metadata.name', since: '1.21' },
  { path: 'managedFields.subresource', since: '1.22' },
  { path: 'spec.internalTrafficPolicy', since: '1.22' },
  { path: 'spec.ipFamilies', since: '1.20.3' },
  { path: 'spec.ipFamilyPolicy', since: '1.20.3' },
  { path: 'spec.completionMode', since: '1.22' },
  { path: 'spec.suspend', since: '1.22' },
  { path: 'spec.podReplacementPolicy', since: '1.28' },
  { path: 'spec.persistentVolumeClaimRetentionPolicy', since: '1.27' },
  { path: 'labels.batch.kubernetes.io/controller-uid', since: '1.27' },
  { path: 'labels.batch.kubernetes.io/job-name', since: '1.27' },
  { path: 'matchLabels.batch.kubernetes.io/controller-uid', since: '1.27' },
  { path: 'status.availableReplicas', since: '1.22' },
  { path: 'status.uncountedTerminatedPods', since: '1.24' },
  { path: 'status.ready', since: '1.24' },
  { path: 'status.terminating', since: '1.28' },
];

type Version = readonly number[];

/** Whether `version`, as in `v1.20.2`, is older than `since`. */
export function isOlder(version: string, since: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(since)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** An answer without the fields that a server of this version does not have. */
export function withoutNewer(value: Json, version: string): Json {
  const paths = NEWER_FIELDS.filter(({ since }) => isOlder(version, since)).map(
    ({ path }) => path,
  );
  return strip(value, '', new Set(paths));
}

function strip(value: Json, parent: string, paths: ReadonlySet<string>): Json {
  if (Array.isArray(value))
    return value.map(item => strip(item, parent, paths));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => {
      const field = name.replace(/^f:/, '');
      if (part === undefined || paths.has(`${parent}.${field}`)) return [];
      return [[name, strip(part, field, paths)]];
    }),
  );
}

function numbersOf(version: string): Version {
  return version.replace(/^v/, '').split(/[.+-]/).map(Number);
}
