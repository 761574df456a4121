// SPDX-License-Identifier: Apache-2.0
import type { Lister } from '../Lister';
import type { ObjectMeta } from '../objects';

/** A lister over a fixed set of objects. */
export function arrayLister<T extends ObjectMeta>(
  objects: readonly T[],
): Lister<T> {
  return {
    get: (namespace, name) =>
      objects.find(o => o.namespace === namespace && o.name === name),
    byNamespace: namespace => objects.filter(o => o.namespace === namespace),
    byController: uid => objects.filter(o => o.controller?.uid === uid),
    list: () => objects.values() as IterableIterator<T>,
    size: objects.length,
  };
}
