// SPDX-License-Identifier: Apache-2.0
import type {
  KubeObject,
  NewObject,
  ObjectChange,
  Objects,
  PlacedObject,
  Where,
} from '../../storage/Objects';
import { timestamp } from '../../storage/timestamp';
import type { Clock } from '../../time/Clock';

type DeleteOptions = { gracePeriodSeconds?: number };

/** Objects in a map, with just the rules that controllers rely on: generations, grace, finalizers and owners. */
export class MemoryObjects implements Objects {
  private readonly tables = new Map<string, Map<string, KubeObject>>();
  private readonly listeners = new Set<(change: ObjectChange) => void>();
  private version = 0;
  /** Throws to refuse a creation. */
  refuse: (resource: string, object: NewObject) => void = () => {};

  constructor(private readonly clock: Clock) {}

  get(resource: string, where: Where): KubeObject | undefined {
    return this.table(resource).get(keyOf(where));
  }

  list(resource: string, namespace?: string): readonly KubeObject[] {
    return [...this.table(resource).values()].filter(
      ({ metadata }) =>
        namespace === undefined || metadata.namespace === namespace,
    );
  }

  load(objects: Iterable<PlacedObject>): number {
    let count = 0;
    for (const { resource, object } of objects) {
      this.version += 1;
      const complete: KubeObject = {
        ...object,
        metadata: {
          generation: 1,
          uid: `loaded-${this.version}`,
          name: '',
          creationTimestamp: timestamp(this.clock.now()),
          ...object.metadata,
          resourceVersion: String(this.version),
        },
      };
      const type = 'ADDED';
      this.put({ type, resource, object: complete, previous: undefined });
      count += 1;
    }
    return count;
  }

  create(resource: string, object: NewObject): KubeObject {
    this.refuse(resource, object);
    this.version += 1;
    const uid = `00000000-0000-4000-a000-${String(this.version).padStart(
      12,
      '0',
    )}`;
    const name =
      object.metadata.name ??
      `${object.metadata.generateName}${this.version
        .toString(36)
        .padStart(5, 'x')}`;
    const created: KubeObject = structuredClone({
      ...object,
      metadata: {
        ...object.metadata,
        name,
        uid,
        resourceVersion: String(this.version),
        generation: 1,
        creationTimestamp: timestamp(this.clock.now()),
      },
    });
    if (this.table(resource).has(keyOf(created.metadata)))
      throw new Error(`${resource} "${name}" already exists`);
    this.put({ type: 'ADDED', resource, object: created, previous: undefined });
    return created;
  }

  modify(
    resource: string,
    where: Where,
    change: (draft: KubeObject) => void,
  ): KubeObject | undefined {
    const previous = this.get(resource, where);
    if (!previous) return undefined;
    const draft: KubeObject = structuredClone(previous);
    change(draft);
    if (JSON.stringify(draft) === JSON.stringify(previous)) return previous;
    const specChanged =
      JSON.stringify(draft.spec) !== JSON.stringify(previous.spec);
    draft.metadata.generation =
      (previous.metadata.generation ?? 1) + (specChanged ? 1 : 0);
    this.version += 1;
    draft.metadata.resourceVersion = String(this.version);
    this.put({ type: 'MODIFIED', resource, object: draft, previous });
    return draft;
  }

  delete(resource: string, where: Where, options: DeleteOptions = {}): boolean {
    const present = this.get(resource, where);
    if (!present) return false;
    const running =
      resource === 'pods' &&
      present.spec?.nodeName &&
      present.status?.phase === 'Running';
    const grace = running ? options.gracePeriodSeconds ?? 30 : 0;
    if (resource === 'namespaces') this.empty(present.metadata.name);
    const held =
      (present.metadata.finalizers?.length ?? 0) > 0 ||
      this.hasContent(resource, present.metadata.name);
    if (grace > 0 || held) {
      this.modify(resource, where, draft => {
        draft.metadata.deletionTimestamp ??= timestamp(
          this.clock.now() + grace * 1000,
        );
        draft.metadata.deletionGracePeriodSeconds ??= grace;
        if (resource === 'namespaces') draft.status = { phase: 'Terminating' };
      });
      return true;
    }
    this.put({ type: 'DELETED', resource, object: present, previous: present });
    this.collect(present.metadata.uid);
    return true;
  }

  onChange(listener: (change: ObjectChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private table(resource: string): Map<string, KubeObject> {
    const present = this.tables.get(resource) ?? new Map();
    this.tables.set(resource, present);
    return present;
  }

  private put(change: ObjectChange): void {
    const key = keyOf(change.object.metadata);
    if (change.type === 'DELETED') this.table(change.resource).delete(key);
    else this.table(change.resource).set(key, freeze(change.object));
    for (const listener of [...this.listeners]) listener(change);
  }

  private empty(namespace: string): void {
    for (const [resource, table] of this.tables) {
      for (const { metadata } of [...table.values()]) {
        if (metadata.namespace === namespace && !metadata.deletionTimestamp)
          this.delete(resource, metadata);
      }
    }
  }

  private hasContent(resource: string, namespace: string): boolean {
    if (resource !== 'namespaces') return false;
    return [...this.tables.values()].some(table =>
      [...table.values()].some(
        ({ metadata }) => metadata.namespace === namespace,
      ),
    );
  }

  private collect(uid: string): void {
    for (const [resource, table] of this.tables) {
      for (const { metadata } of [...table.values()]) {
        if (metadata.ownerReferences?.some(owner => owner.uid === uid))
          this.delete(resource, metadata);
      }
    }
  }
}

function keyOf({ namespace, name }: Where): string {
  return `${namespace ?? ''}/${name}`;
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value))
    return value;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
  return value;
}
