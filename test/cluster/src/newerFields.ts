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
  { path: 'spec.allocateLoadBalancerNodePorts', since: '1.22' },
  { path: 'labels.apps.kubernetes.io/pod-index', since: '1.28' },
  { path: 'labels.batch.kubernetes.io/controller-uid', since: '1.27' },
  { path: 'labels.batch.kubernetes.io/job-name', since: '1.27' },
  { path: 'matchLabels.batch.kubernetes.io/controller-uid', since: '1.27' },
  { path: 'resources.singularName', since: '1.27' },
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
      if (part === undefined || isNewer(parent, field, paths)) return [];
      const kept = strip(part, field, paths);
      return emptied(part, kept) ? [] : [[name, kept]];
    }),
  );
}

/** What held newer fields only goes with them. */
function emptied(before: Json, after: Json): boolean {
  if (!isJsonObject(before) || !isJsonObject(after)) return false;
  const names = Object.keys(after);
  const empty = names.every(name => name === '.');
  return empty && names.length < Object.keys(before).length;
}

/** A case may show a part of an object only: its first level can be any of the parents. */
function isNewer(parent: string, field: string, paths: ReadonlySet<string>) {
  if (parent !== '') return paths.has(`${parent}.${field}`);
  return [...paths].some(path => path.slice(path.indexOf('.') + 1) === field);
}

function numbersOf(version: string): Version {
  return version.replace(/^v/, '').split(/[.+-]/).map(Number);
}
