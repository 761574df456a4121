// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { HistoryEvent } from './History';
import type { KubeObject } from './Objects';

export type Dependent = {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly name: string;
};

/** Which objects name which owner, by the owner’s uid. */
export class OwnerIndex {
  private readonly byOwner = new Map<string, Map<string, Dependent>>();

  update(event: HistoryEvent): void {
    const before = ownersOf(event.previous?.object);
    const after =
      event.type === 'DELETED' ? [] : ownersOf(event.revision.object);
    if (before.length === 0 && after.length === 0) return;
    const { namespace, name } = event.revision.object.metadata;
    const key = `${event.kind.resource}/${namespace ?? ''}/${name}`;
    for (const uid of before) if (!after.includes(uid)) this.drop(uid, key);
    for (const uid of after) {
      const present = this.byOwner.get(uid) ?? new Map<string, Dependent>();
      this.byOwner.set(
        uid,
        present.set(key, { kind: event.kind, namespace, name }),
      );
    }
  }

  of(uid: string): Dependent[] {
    return [...(this.byOwner.get(uid)?.values() ?? [])];
  }

  private drop(uid: string, key: string): void {
    const present = this.byOwner.get(uid);
    present?.delete(key);
    if (present?.size === 0) this.byOwner.delete(uid);
  }
}

function ownersOf(object: KubeObject | undefined): string[] {
  return object?.metadata.ownerReferences?.map(owner => owner.uid) ?? [];
}
