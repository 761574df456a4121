// SPDX-License-Identifier: Apache-2.0
import type { ObjectKind } from '@tenantry/backstage-plugin-tenants-common';
import type { WatchedKind } from '../informers/objects';
import { watchedKindNames, watchedType } from '../informers/watchedKinds';

const byKind = new Map<string, WatchedKind>(
  watchedKindNames.map(name => [watchedType(name).kind, name]),
);

/** The watched kind of an object that can be read whole. */
export function watchedKindOf(kind: ObjectKind): WatchedKind {
  const name = byKind.get(kind);
  if (name === undefined) throw new Error(`${kind} is not watched.`);
  return name;
}
