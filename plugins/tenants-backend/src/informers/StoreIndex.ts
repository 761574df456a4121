// SPDX-License-Identifier: Apache-2.0
import type { ObjectMeta } from './objects';

/** The objects of one kind, found by name, by namespace and by controller. */
export class StoreIndex<T extends ObjectMeta> {
  private readonly namespaces = new Map<string, Map<string, T>>();
  private readonly controllers = new Map<string, Set<T>>();
  size = 0;

  get(namespace: string, name: string): T | undefined {
    return this.namespaces.get(namespace)?.get(name);
  }

  sizeOf(namespace: string): number {
    return this.namespaces.get(namespace)?.size ?? 0;
  }

  byNamespace(namespace: string): readonly T[] {
    return [...(this.namespaces.get(namespace)?.values() ?? [])];
  }

  byController(uid: string): readonly T[] {
    return [...(this.controllers.get(uid) ?? [])];
  }

  *list(): Generator<T, void, void> {
    for (const objects of this.namespaces.values()) yield* objects.values();
  }

  /** Puts the object in the place of the one with its name, which is returned. */
  set(object: T): T | undefined {
    const { namespace, name } = object;
    let objects = this.namespaces.get(namespace);
    if (!objects) {
      objects = new Map<string, T>();
      this.namespaces.set(namespace, objects);
    }
    const previous = objects.get(name);
    objects.set(name, object);
    if (previous) this.relink(previous, object);
    else {
      this.size++;
      this.link(object);
    }
    return previous;
  }

  delete(object: T): void {
    const objects = this.namespaces.get(object.namespace);
    if (!objects?.delete(object.name)) return;
    if (objects.size === 0) this.namespaces.delete(object.namespace);
    this.unlink(object);
    this.size--;
  }

  /** Of most updates the controller is the same, whose set then stays, also when it has no other member. */
  private relink(previous: T, object: T): void {
    const uid = object.controller?.uid;
    if (uid === previous.controller?.uid) {
      const children =
        uid === undefined ? undefined : this.controllers.get(uid);
      children?.delete(previous);
      children?.add(object);
      return;
    }
    this.unlink(previous);
    this.link(object);
  }

  private link(object: T): void {
    if (!object.controller) return;
    const { uid } = object.controller;
    const children = this.controllers.get(uid) ?? new Set<T>();
    this.controllers.set(uid, children.add(object));
  }

  private unlink(object: T): void {
    if (!object.controller) return;
    const { uid } = object.controller;
    const children = this.controllers.get(uid);
    children?.delete(object);
    if (children?.size === 0) this.controllers.delete(uid);
  }
}
