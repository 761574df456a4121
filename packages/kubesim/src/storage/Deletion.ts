// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import type { Clock } from '../time/Clock';
import { CLEANUP, DEFINITIONS } from './establish';
import { cloneJson, ensureRecord, equalJson, numberOf } from './json';
import { namespaceConditions } from './namespaceConditions';
import type { KubeObject } from './Objects';
import type { ObjectStore } from './ObjectStore';
import { OwnerIndex } from './OwnerIndex';
import type { Revision } from './Revision';
import { timestamp } from './timestamp';

/** @public */
export type Propagation = 'Background' | 'Foreground' | 'Orphan';
export type DeleteOptions = {
  propagation?: Propagation;
  gracePeriodSeconds?: number;
};
type Ports = { store: ObjectStore; kinds: KindRegistry; clock: Clock };

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';
/** Ours; a namespace may have more, which others take off. */
const NAMESPACE_FINALIZER = 'kubernetes';
/** How long a terminating namespace waits before it says anew what is left in it. */
const REPORT_MS = 1000;

/**
 * What happens when an object is deleted: finalizers hold it, a running pod waits for its kubelet, dependents go
 * with their owner, and a namespace empties itself first.
 */
export class Deletion {
  /** Whether something stands in for the kubelet and finishes pods that are told to end. */
  kubeletPresent = false;
  private readonly owners = new OwnerIndex();
  private readonly foreground = new Map<
    string,
    { kind: Kind; namespace?: string; name: string }
  >();

  /** Namespaces whose objects are being deleted right now. */
  private readonly emptying = new Set<string>();
  /** How to cancel the report a terminating namespace is about to write. */
  private readonly reporting = new Map<string, () => void>();

  constructor(private readonly ports: Ports) {}

  /** Keeps the owner index, collects dependents and finishes namespaces. To be called for each change. */
  watch(): () => void {
    return this.ports.store.onChange(event => {
      this.owners.update(event);
      if (event.type !== 'DELETED') return;
      const { uid, namespace } = event.revision.object.metadata;
      this.collect(uid);
      if (namespace && event.kind.namespaced) this.emptied(namespace);
    });
  }

  /** Returns the object as it is after the call. */
  delete(
    kind: Kind,
    revision: Revision,
    options: DeleteOptions = {},
  ): KubeObject {
    const draft = cloneJson(revision.object);
    const grace = this.grace(kind, draft, options);
    const finalizers = new Set(draft.metadata.finalizers);
    const { uid } = draft.metadata;
    if (kind.resource === DEFINITIONS && !draft.metadata.deletionTimestamp)
      finalizers.add(CLEANUP);
    if (options.propagation === 'Orphan') finalizers.add(ORPHAN);
    if (options.propagation === 'Foreground') finalizers.add(FOREGROUND);
    if (finalizers.size > 0) draft.metadata.finalizers = [...finalizers];
    if (kind.resource === 'namespaces')
      return this.deleteNamespace(kind, draft);
    if (finalizers.size === 0 && grace === 0) return this.remove(kind, draft);
    const marked = this.mark(kind, draft, {
      grace,
      foreground: finalizers.has(FOREGROUND),
    });
    if (finalizers.has(ORPHAN)) this.releaseDependents(kind, marked, uid);
    return marked;
  }

  private releaseDependents(
    kind: Kind,
    { metadata }: KubeObject,
    uid: string,
  ): void {
    this.orphan(uid);
    const { namespace, name } = metadata;
    const current = this.ports.store.get(kind, namespace, name)?.object;
    if (!current) return;
    const draft = cloneJson(current);
    draft.metadata.finalizers = draft.metadata.finalizers?.filter(
      finalizer => finalizer !== ORPHAN,
    );
    if (!this.finish(kind, draft)) this.ports.store.put(kind, draft);
  }

  /** Removes an object that was waiting for its last finalizer. `undefined` when it has to stay. */
  finish(kind: Kind, object: KubeObject): KubeObject | undefined {
    const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } =
      object.metadata;
    if (!deletionTimestamp || (finalizers?.length ?? 0) > 0) return undefined;
    if (kind.resource === 'namespaces') return undefined;
    if (kind.resource === 'pods' && numberOf(deletionGracePeriodSeconds) > 0)
      return undefined;
    return this.remove(kind, object);
  }

  private mark(
    kind: Kind,
    draft: KubeObject,
    how: { grace: number; foreground: boolean },
  ): KubeObject {
    const already = draft.metadata.deletionTimestamp !== undefined;
    if (
      already &&
      numberOf(draft.metadata.deletionGracePeriodSeconds) <= how.grace
    )
      return draft;
    draft.metadata.deletionTimestamp = timestamp(
      this.ports.clock.now() + how.grace * 1000,
    );
    draft.metadata.deletionGracePeriodSeconds = how.grace;
    if (kind.generation && !already)
      draft.metadata.generation = numberOf(draft.metadata.generation) + 1;
    const marked = this.ports.store.put(kind, draft).object;
    if (how.foreground) {
      const { uid, namespace, name } = draft.metadata;
      this.foreground.set(uid, { kind, namespace, name });
      this.collect(uid, { foreground: true });
    }
    return marked;
  }

  private remove(kind: Kind, draft: KubeObject): KubeObject {
    return this.ports.store.remove(kind, draft).object;
  }

  private grace(kind: Kind, pod: KubeObject, options: DeleteOptions): number {
    if (kind.resource !== 'pods' || !this.kubeletPresent || !pod.spec?.nodeName)
      return 0;
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed')
      return 0;
    return (
      options.gracePeriodSeconds ??
      numberOf(pod.spec.terminationGracePeriodSeconds, 30)
    );
  }

  private orphan(uid: string): void {
    for (const dependent of this.owners.of(uid)) {
      const present = this.ports.store.get(
        dependent.kind,
        dependent.namespace,
        dependent.name,
      );
      if (present) this.disown(dependent.kind, present.object, uid);
    }
  }

  private disown(kind: Kind, object: KubeObject, uid: string): void {
    const draft = cloneJson(object);
    const left =
      draft.metadata.ownerReferences?.filter(owner => owner.uid !== uid) ?? [];
    draft.metadata.ownerReferences = left.length > 0 ? left : undefined;
    this.ports.store.put(kind, draft);
  }

  private collect(uid: string, options: { foreground?: boolean } = {}): void {
    for (const { kind, namespace, name } of this.owners.of(uid)) {
      const present = this.ports.store.get(kind, namespace, name);
      if (!present || present.object.metadata.deletionTimestamp) continue;
      const owners = present.object.metadata.ownerReferences ?? [];
      if (owners.length > 1) this.disown(kind, present.object, uid);
      else
        this.delete(kind, present, {
          propagation: options.foreground ? 'Foreground' : 'Background',
        });
    }
    this.finishForeground();
  }

  /** Owners that waited for their dependents go once the last one is gone. */
  private finishForeground(): void {
    for (const { kind, revision } of this.waitingOwners()) {
      const draft = cloneJson(revision.object);
      draft.metadata.finalizers = draft.metadata.finalizers?.filter(
        name => name !== FOREGROUND,
      );
      this.foreground.delete(draft.metadata.uid);
      if (!this.finish(kind, draft)) this.ports.store.put(kind, draft);
    }
  }

  private waitingOwners(): { kind: Kind; revision: Revision }[] {
    const ready: { kind: Kind; revision: Revision }[] = [];
    for (const [uid, { kind, namespace, name }] of this.foreground) {
      const revision = this.ports.store.get(kind, namespace, name);
      if (
        revision?.object.metadata.uid === uid &&
        this.owners.of(uid).length === 0
      ) {
        ready.push({ kind, revision });
      }
    }
    return ready;
  }

  private deleteNamespace(kind: Kind, draft: KubeObject): KubeObject {
    if (!draft.metadata.deletionTimestamp) {
      draft.metadata.deletionTimestamp = timestamp(this.ports.clock.now());
      ensureRecord(draft, 'status').phase = 'Terminating';
      this.ports.store.put(kind, draft);
    }
    this.emptyNamespace(draft.metadata.name);
    this.reportNamespace(draft.metadata.name);
    return (
      this.ports.store.get(kind, undefined, draft.metadata.name)?.object ??
      draft
    );
  }

  private emptyNamespace(name: string): void {
    this.emptying.add(name);
    for (const kind of this.namespacedKinds()) {
      for (const revision of this.ports.store.list(kind, name)) {
        const current = this.ports.store.get(
          kind,
          name,
          revision.object.metadata.name,
        );
        if (current && !current.object.metadata.deletionTimestamp)
          this.delete(kind, current);
      }
    }
    this.emptying.delete(name);
  }

  /** Called for each object that goes: says nothing while many go at once, so that a large namespace costs no more per object than a small one. */
  private emptied(name: string): void {
    if (this.emptying.has(name) || !this.terminating(name)) return;
    if (this.isEmpty(name)) {
      this.reportNamespace(name);
    } else if (!this.reporting.has(name)) {
      const cancel = this.ports.clock.after(REPORT_MS, () =>
        this.reportNamespace(name),
      );
      this.reporting.set(name, cancel);
    }
  }

  private terminating(name: string): KubeObject | undefined {
    const kind = this.ports.kinds.get('namespaces');
    const object = kind && this.ports.store.get(kind, undefined, name)?.object;
    return object?.metadata.deletionTimestamp ? object : undefined;
  }

  private isEmpty(name: string): boolean {
    return this.namespacedKinds().every(
      kind => this.ports.store.count(kind, name) === 0,
    );
  }

  /** Writes down what is left in a terminating namespace, or lets it go. */
  reportNamespace(name: string): void {
    this.reporting.get(name)?.();
    this.reporting.delete(name);
    const kind = this.ports.kinds.get('namespaces');
    const current = this.terminating(name);
    if (!kind || !current) return;
    const draft = cloneJson(current);
    if (this.isEmpty(name)) {
      const spec = ensureRecord(draft, 'spec');
      const others = Array.isArray(spec.finalizers)
        ? spec.finalizers.filter(item => item !== NAMESPACE_FINALIZER)
        : [];
      spec.finalizers = others;
      if (others.length + (draft.metadata.finalizers?.length ?? 0) === 0)
        this.remove(kind, draft);
      else if (!equalJson(draft, current)) this.ports.store.put(kind, draft);
      return;
    }
    const conditions = namespaceConditions(
      this.remaining(name),
      timestamp(this.ports.clock.now()),
    );
    if (sameTexts(current.status?.conditions, conditions)) return;
    ensureRecord(draft, 'status').conditions = conditions;
    this.ports.store.put(kind, draft);
  }

  private remaining(name: string) {
    return this.namespacedKinds().flatMap(kind => {
      const objects = this.ports.store.list(kind, name);
      return objects.length > 0
        ? [{ kind, objects: objects.map(({ object }) => object) }]
        : [];
    });
  }

  private namespacedKinds(): Kind[] {
    return this.ports.kinds.all().filter(kind => kind.namespaced);
  }
}

function sameTexts(
  left: unknown,
  right: readonly { message: string }[],
): boolean {
  if (!Array.isArray(left)) return false;
  return (
    JSON.stringify(left.map(item => item.message)) ===
    JSON.stringify(right.map(item => item.message))
  );
}
