// SPDX-License-Identifier: Apache-2.0
import type { Revision } from './Revision';

type Slot = { readonly name: string; revision: Revision };
type Shelf = { readonly slots: Map<string, Slot>; sorted: Slot[] | undefined };

const CLUSTER_SCOPE = '';

/** The current revisions of one kind, by namespace and name. */
export class ObjectTable {
  private readonly shelves = new Map<string, Shelf>();
  private sortedNamespaces: string[] | undefined;

  get(namespace: string | undefined, name: string): Revision | undefined {
    return this.shelves.get(namespace ?? CLUSTER_SCOPE)?.slots.get(name)
      ?.revision;
  }

  put(namespace: string | undefined, name: string, revision: Revision): void {
    const shelf = this.shelf(namespace ?? CLUSTER_SCOPE);
    const slot = shelf.slots.get(name);
    if (slot) {
      slot.revision = revision;
      return;
    }
    shelf.slots.set(name, { name, revision });
    shelf.sorted = undefined;
  }

  remove(namespace: string | undefined, name: string): void {
    const key = namespace ?? CLUSTER_SCOPE;
    const shelf = this.shelves.get(key);
    if (!shelf?.slots.delete(name)) return;
    shelf.sorted = undefined;
    if (shelf.slots.size === 0) {
      this.shelves.delete(key);
      this.sortedNamespaces = undefined;
    }
  }

  count(namespace?: string): number {
    if (namespace !== undefined)
      return this.shelves.get(namespace)?.slots.size ?? 0;
    let total = 0;
    for (const shelf of this.shelves.values()) total += shelf.slots.size;
    return total;
  }

  /** In the order of keys, as etcd returns them. */
  list(namespace?: string): Revision[] {
    if (namespace !== undefined) {
      const shelf = this.shelves.get(namespace);
      return shelf ? sortedSlots(shelf).map(slot => slot.revision) : [];
    }
    this.sortedNamespaces ??= [...this.shelves.keys()].sort(byText);
    const all: Revision[] = [];
    for (const key of this.sortedNamespaces) {
      const shelf = this.shelves.get(key);
      if (shelf) for (const slot of sortedSlots(shelf)) all.push(slot.revision);
    }
    return all;
  }

  private shelf(key: string): Shelf {
    const present = this.shelves.get(key);
    if (present) return present;
    const made: Shelf = { slots: new Map(), sorted: undefined };
    this.shelves.set(key, made);
    this.sortedNamespaces = undefined;
    return made;
  }
}

function sortedSlots(shelf: Shelf): Slot[] {
  shelf.sorted ??= [...shelf.slots.values()].sort((a, b) =>
    byText(a.name, b.name),
  );
  return shelf.sorted;
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
