// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import type { KubeObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Admission, Change } from './Admission';

const CLASSES = 'storageclasses.storage.k8s.io';
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

type Ports = { readonly store: ObjectStore; readonly kinds: KindRegistry };

/** Gives claims that name no storage class the default one; an empty name means none at all. */
export class DefaultStorageClass implements Admission {
  constructor(private readonly ports: Ports) {}

  admit(kind: Kind, { draft, current }: Change): void {
    if (kind.resource !== 'persistentvolumeclaims' || current) return;
    if (!draft.spec || draft.spec.storageClassName !== undefined) return;
    const name = this.newestDefault()?.metadata.name;
    if (name) draft.spec.storageClassName = name;
  }

  private newestDefault(): KubeObject | undefined {
    const kind = this.ports.kinds.get(CLASSES);
    const made = ({ metadata }: KubeObject) =>
      Date.parse(metadata.creationTimestamp);
    return (kind ? this.ports.store.list(kind) : [])
      .map(revision => revision.object)
      .filter(
        ({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true',
      )
      .sort((left, right) => made(right) - made(left))[0];
  }
}
