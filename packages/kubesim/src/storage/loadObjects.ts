// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import type { Clock, Random } from '../time/Clock';
import { alreadyExists, notFound } from './ApiError';
import { uid } from './newObject';
import type { KubeObject, Metadata, PlacedObject } from './Objects';
import type { ObjectStore } from './ObjectStore';
import { timestamp } from './timestamp';

type Ports = {
  readonly store: ObjectStore;
  readonly kinds: KindRegistry;
  readonly clock: Clock;
  readonly random: Random;
};

/**
 * Stores objects that are complete and right already, without copying, filling in or checking them: only that their
 * namespace is there and their name is free. Everybody hears of them as of any other new object.
 *
 * @throws ApiError 404, 409; what came before stays
 */
export function loadObjects(
  objects: Iterable<PlacedObject>,
  ports: Ports,
): number {
  const { store, kinds, random } = ports;
  const now = timestamp(ports.clock.now());
  const namespaces = kinds.get('namespaces');
  let count = 0;
  for (const { resource, object } of objects) {
    const kind = kinds.get(resource);
    if (!kind) throw notFound({ plural: resource, group: '' }, resource);
    const metadata = identified(kind, object.metadata, { now, random });
    const { name, namespace = '' } = metadata;
    if (kind.namespaced && namespaces) {
      const home = store.get(namespaces, undefined, namespace);
      if (!home) throw notFound(namespaces, namespace);
    }
    if (store.get(kind, namespace, name)) throw alreadyExists(kind, name);
    const complete: KubeObject = { ...object, metadata };
    store.put(kind, complete, true);
    count += 1;
  }
  return count;
}

/** Gives what only a cluster can know: when it was made, and who it is unless that was said. */
function identified(
  kind: Kind,
  given: Partial<Metadata>,
  { now, random }: { now: string; random: Random },
): Metadata {
  const metadata: Metadata = {
    ...given,
    name: given.name ?? '',
    uid: given.uid ?? uid(random),
    resourceVersion: '',
    creationTimestamp: given.creationTimestamp ?? now,
  };
  if (kind.generation) metadata.generation ??= 1;
  return metadata;
}
