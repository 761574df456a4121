// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import { History, HistoryEvent, type ChangeType } from './History';
import type { KubeObject, Metadata } from './Objects';
import { ObjectTable } from './ObjectTable';
import { Revision } from './Revision';
import { frozen, sharedCopy } from './sharedCopy';

const FIRST_VERSION = 1000;
const OWNED = 'owned';
const METADATA_ORDER: readonly string[] = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

/**
 * The objects, their versions and the history of changes. Knows no rules of the API.
 * Listeners hear changes in order of version, even when a listener makes further changes.
 */
export class ObjectStore {
  private readonly tables = new Map<string, ObjectTable>();
  private readonly histories = new Map<string, History>();
  private readonly listeners = new Set<(event: HistoryEvent) => void>();
  private readonly waiting: HistoryEvent[] = [];
  private telling = false;
  private version = FIRST_VERSION;

  constructor(private readonly historyLimit: number) {}

  get currentVersion(): number {
    return this.version;
  }

  get(
    kind: Kind,
    namespace: string | undefined,
    name: string,
  ): Revision | undefined {
    return this.tables.get(kind.resource)?.get(scope(kind, namespace), name);
  }

  list(kind: Kind, namespace?: string): Revision[] {
    return this.tables.get(kind.resource)?.list(namespace) ?? [];
  }

  count(kind: Kind, namespace?: string): number {
    return this.tables.get(kind.resource)?.count(namespace) ?? 0;
  }

  history(kind: Kind): History {
    return ofKey(
      this.histories,
      kind.resource,
      () => new History(this.historyLimit),
    );
  }

  /** Forgets all changes, so that every watch that resumes from before now is told its version is too old. */
  compact(): void {
    for (const history of this.histories.values())
      history.compact(this.version);
  }

  /** Stores a copy, or a new object itself when `owned` says that nobody else holds any part of it. */
  put(kind: Kind, object: KubeObject, owned = false): Revision {
    const { namespace, name } = object.metadata;
    const table = ofKey(this.tables, kind.resource, () => new ObjectTable());
    const previous = table.get(scope(kind, namespace), name);
    const revision = this.revise(kind, object, owned ? OWNED : previous);
    table.put(scope(kind, namespace), name, revision);
    this.record(
      new HistoryEvent(
        previous ? 'MODIFIED' : 'ADDED',
        kind,
        revision,
        previous,
      ),
    );
    return revision;
  }

  remove(kind: Kind, object: KubeObject): Revision {
    const { namespace, name } = object.metadata;
    const table = ofKey(this.tables, kind.resource, () => new ObjectTable());
    const previous = table.get(scope(kind, namespace), name);
    table.remove(scope(kind, namespace), name);
    const revision = this.revise(kind, object, previous);
    const type: ChangeType = 'DELETED';
    this.record(new HistoryEvent(type, kind, revision, previous));
    return revision;
  }

  onChange(listener: (event: HistoryEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private revise(
    kind: Kind,
    object: KubeObject,
    basis: Revision | undefined | typeof OWNED,
  ): Revision {
    this.version += 1;
    const next = ordered(kind, object, String(this.version));
    const stored =
      basis === OWNED ? frozen(next) : sharedCopy(next, basis?.object);
    return new Revision(stored, this.version);
  }

  private record(event: HistoryEvent): void {
    this.history(event.kind).append(event);
    this.waiting.push(event);
    if (this.telling) return;
    this.telling = true;
    try {
      for (let next = this.waiting.shift(); next; next = this.waiting.shift())
        this.tell(next);
    } finally {
      this.telling = false;
    }
  }

  private tell(event: HistoryEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

function scope(kind: Kind, namespace: string | undefined): string {
  return kind.namespaced ? namespace ?? '' : '';
}

function ordered(
  kind: Kind,
  object: KubeObject,
  resourceVersion: string,
): KubeObject {
  const { kind: _kind, apiVersion: _apiVersion, metadata, ...rest } = object;
  const known: Record<string, unknown> = { ...metadata, resourceVersion };
  const sorted: Record<string, unknown> = {};
  for (const key of METADATA_ORDER)
    if (known[key] !== undefined) sorted[key] = known[key];
  const complete: Metadata = { ...metadata, resourceVersion };
  for (const key of Object.keys(complete))
    if (known[key] === undefined) Reflect.deleteProperty(complete, key);
  return {
    kind: kind.kind,
    apiVersion: kind.apiVersion,
    metadata: Object.assign(sorted, complete),
    ...rest,
  };
}

function ofKey<T>(map: Map<string, T>, key: string, make: () => T): T {
  const present = map.get(key);
  if (present) return present;
  const made = make();
  map.set(key, made);
  return made;
}
