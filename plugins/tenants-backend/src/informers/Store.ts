// SPDX-License-Identifier: Apache-2.0
import type { Lister } from './Lister';
import type { ObjectMeta } from './objects';
import { isOlder } from './resourceVersion';
import { sameProjection } from './sameProjection';
import { StoreIndex } from './StoreIndex';

/** What became of one object. A reused name is told as `deleted` of the old, then `added` of the new. */
export type StoreChange<T> =
  | { readonly type: 'added' | 'deleted'; readonly object: T }
  | { readonly type: 'modified'; readonly object: T; readonly previous: T };

/** Takes over from a version of an object what the newer one does not say any more. Returns the newer one when that is nothing. */
export type Carry<T> = (object: T, previous: T) => T;

/** Uids of deleted objects that are remembered, against replayed events. */
const maxTombstones = 4_096;

/**
 * The objects of one kind in one cluster, as last heard.
 *
 * Invariants, whatever the order and number of events:
 * - one object per namespace and name; of one uid the newest version; of two uids the younger one;
 * - an object that was deleted does not come back with the same uid, except by `replace`;
 * - a version that shows the same as the one before is kept silently (its resource version is newer), not told;
 * - `replace` swaps everything at once: a reader sees the old state or the new one, then the changes are told.
 */
export class Store<T extends ObjectMeta> implements Lister<T> {
  private index = new StoreIndex<T>();
  private readonly tombstones = new Set<string>();

  constructor(
    private readonly onChange: (change: StoreChange<T>) => void,
    private readonly carry: Carry<T> = object => object,
  ) {}

  get size(): number {
    return this.index.size;
  }

  /** How many there are in one namespace. */
  sizeOf(namespace: string): number {
    return this.index.sizeOf(namespace);
  }

  get(namespace: string, name: string): T | undefined {
    return this.index.get(namespace, name);
  }

  byNamespace(namespace: string): readonly T[] {
    return this.index.byNamespace(namespace);
  }

  byController(uid: string): readonly T[] {
    return this.index.byController(uid);
  }

  list(): IterableIterator<T> {
    return this.index.list();
  }

  /** Takes in an ADDED or MODIFIED event. */
  upsert(told: T): void {
    const present = this.index.get(told.namespace, told.name);
    if (this.tombstones.has(told.uid)) return;
    if (present && isOlder(told.resourceVersion, present.resourceVersion)) {
      return;
    }
    const object = this.carried(told, present);
    this.index.set(object);
    this.tell(object, present);
  }

  /** Takes in a DELETED event. */
  remove(object: T): void {
    this.bury(object.uid);
    const present = this.index.get(object.namespace, object.name);
    if (present?.uid !== object.uid) return;
    this.index.delete(present);
    this.onChange({ type: 'deleted', object: present });
  }

  /** Takes in a whole list: of the one namespace, if one is given. */
  replace(objects: Iterable<T>, namespace?: string): void {
    const before = this.index;
    const after = new StoreIndex<T>();
    if (namespace !== undefined) {
      for (const kept of before.list()) {
        if (kept.namespace !== namespace) after.set(kept);
      }
    }
    const listed: T[] = [];
    for (const told of objects) {
      const object = this.carried(told, before.get(told.namespace, told.name));
      after.set(object);
      this.tombstones.delete(object.uid);
      listed.push(object);
    }
    this.index = after;
    for (const object of before.list()) {
      if (after.get(object.namespace, object.name)) continue;
      this.onChange({ type: 'deleted', object });
    }
    for (const object of listed) {
      this.tell(object, before.get(object.namespace, object.name));
    }
  }

  private carried(object: T, previous: T | undefined): T {
    return previous?.uid === object.uid ? this.carry(object, previous) : object;
  }

  private tell(object: T, previous: T | undefined): void {
    if (previous?.uid === object.uid) {
      if (sameProjection(previous, object)) return;
      this.onChange({ type: 'modified', object, previous });
      return;
    }
    if (previous) {
      this.bury(previous.uid);
      this.onChange({ type: 'deleted', object: previous });
    }
    this.onChange({ type: 'added', object });
  }

  private bury(uid: string): void {
    this.tombstones.add(uid);
    if (this.tombstones.size <= maxTombstones) return;
    for (const oldest of this.tombstones) {
      this.tombstones.delete(oldest);
      return;
    }
  }
}
