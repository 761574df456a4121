// SPDX-License-Identifier: Apache-2.0
import { asPod, type Pod } from '../kubelet/Pod';
import type { ObjectChange, Objects } from '../storage/Objects';
import { controllerOf } from './ControllerPorts';

/** Names of pods by the uid of their controller, so that no controller reads every pod. */
export class PodIndex {
  private readonly names = new Map<string, Set<string>>();

  constructor(private readonly objects: Objects) {}

  observe({ type, resource, object, previous }: ObjectChange): void {
    if (resource !== 'pods') return;
    const owner = controllerOf(object);
    const before = previous && controllerOf(previous);
    // A pod that was released no longer counts for who had it.
    if (before && before.uid !== owner?.uid)
      this.names.get(before.uid)?.delete(object.metadata.name);
    if (!owner) return;
    const names = this.names.get(owner.uid) ?? new Set();
    if (type === 'DELETED') names.delete(object.metadata.name);
    else names.add(object.metadata.name);
    if (names.size > 0) this.names.set(owner.uid, names);
    else this.names.delete(owner.uid);
  }

  /** The pods of a controller in order of name, those being deleted too. */
  of(owner: { uid: string; namespace?: string }): Pod[] {
    return [...(this.names.get(owner.uid) ?? [])].sort().flatMap(name => {
      const pod = this.objects.get('pods', {
        namespace: owner.namespace,
        name,
      });
      return pod ? [asPod(pod)] : [];
    });
  }
}
