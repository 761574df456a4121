// SPDX-License-Identifier: Apache-2.0
import { compareText } from '../health';
import type { Listers } from '../informers/Lister';
import type { PodObject } from '../informers/objects';
import { topOwner, type Owner } from './ownerChain';

/** The pods of some namespaces, by the uid of the workload they belong to in the end. */
export type OwnedPods = {
  readonly owners: ReadonlyMap<string, Owner>;
  /** By name. */
  readonly podsByOwner: ReadonlyMap<string, readonly PodObject[]>;
};

/** Walks every pod’s owners once. */
export function collectPods(
  listers: Listers,
  namespaces: readonly string[],
): OwnedPods {
  const owners = new Map<string, Owner>();
  const podsByOwner = new Map<string, PodObject[]>();
  for (const namespace of namespaces) {
    for (const pod of listers.pods.byNamespace(namespace)) {
      const owner = topOwner(pod, listers);
      owners.set(owner.uid, owner);
      const list = podsByOwner.get(owner.uid);
      if (list) list.push(pod);
      else podsByOwner.set(owner.uid, [pod]);
    }
  }
  for (const list of podsByOwner.values()) {
    list.sort((a, b) => compareText(a.name, b.name));
  }
  return { owners, podsByOwner };
}
