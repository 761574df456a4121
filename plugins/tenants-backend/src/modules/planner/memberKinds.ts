// SPDX-License-Identifier: Apache-2.0
import type { RenderedObject } from '../RenderedObject';
import { appliedTypes, typeOfKey } from '../resourceTypes';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import type { MemberKind } from './LiveObjects';

/** Where objects of an environment may be: the kinds its record names, or all there may be, and those it is to have. */
export function memberKinds(
  previous: Pick<EnvironmentRecord, 'places' | 'namespaces'> | undefined,
  objects: readonly RenderedObject[],
): readonly MemberKind[] {
  const namespacesOf = new Map<string, Set<string>>();
  const add = (key: string, namespaces: readonly string[]) => {
    const all = namespacesOf.get(key) ?? new Set();
    for (const namespace of namespaces) all.add(namespace);
    namespacesOf.set(key, all);
  };
  for (const { manifest } of objects) {
    const { namespace } = manifest.metadata;
    add(
      `${manifest.apiVersion}/${manifest.kind}`,
      namespace ? [namespace] : [],
    );
  }
  if (previous?.places) {
    for (const [key, places] of Object.entries(previous.places)) {
      add(
        key,
        places.filter(namespace => namespace !== ''),
      );
    }
  } else if (previous) {
    for (const { group, version, kind } of appliedTypes()) {
      const key = [...(group ? [group] : []), version, kind].join('/');
      add(key, previous.namespaces);
    }
  }
  return [...namespacesOf]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, namespaces]) => ({
      type: typeOfKey(key),
      namespaces: [...namespaces].sort(),
    }));
}
