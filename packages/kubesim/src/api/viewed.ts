// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KubeObject, NewObject } from '../storage/Objects';
import { Revision } from '../storage/Revision';

/** The kind in the version it is stored in. */
export function storedKind(kind: Kind): Kind {
  return kind.stored ?? kind;
}

/** A stored object as the served version shows it. */
export function asViewed(kind: Kind, object: KubeObject): KubeObject {
  return kind.convert
    ? { ...object, ...kind.convert.fromStored(object) }
    : object;
}

/** What a client sent in the served version, as it is stored. */
export function asStored<T extends NewObject | KubeObject>(
  kind: Kind,
  object: T,
): T {
  return kind.convert
    ? { ...object, ...kind.convert.toStored(object) }
    : object;
}

/** A revision as the served version shows it. */
export function viewed(kind: Kind, revision: Revision): Revision {
  return kind.convert
    ? new Revision(asViewed(kind, revision.object), revision.version)
    : revision;
}
