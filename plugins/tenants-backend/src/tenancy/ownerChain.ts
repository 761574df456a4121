// SPDX-License-Identifier: Apache-2.0
import type { Listers } from '../informers/Lister';
import type { ObjectMeta, WatchedKind } from '../informers/objects';

/** An owner, known by its reference only when its kind is not watched or it is already gone. */
export type Owner = {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly object?: ObjectMeta;
};

/** Deeper than any chain controllers build; ends one that runs in a circle. */
const MAX_OWNER_DEPTH = 6;

const WATCHED_OWNERS: Readonly<Record<string, WatchedKind>> = {
  ReplicaSet: 'replicasets',
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Job: 'jobs',
  CronJob: 'cronjobs',
};

/** Walks from an object to what controls it and on: Pod → ReplicaSet → Deployment, Pod → Job → CronJob. Nearest first; empty when nothing controls it. */
export function ownerChain(
  object: ObjectMeta,
  listers: Listers,
): readonly Owner[] {
  const chain: Owner[] = [];
  let current: ObjectMeta | undefined = object;
  while (current?.controller && chain.length < MAX_OWNER_DEPTH) {
    const { kind, name, uid }: Owner = current.controller;
    const owner = findOwner({ kind, name, uid }, current, listers);
    chain.push(
      owner ? { kind, name, uid, object: owner } : { kind, name, uid },
    );
    current = owner;
  }
  return chain;
}

/** Kinds that are only a part of what controls them, known or not. */
const PARTS: ReadonlySet<string> = new Set(['Pod', 'ReplicaSet']);

/**
 * The workload an object belongs to in the end: the farthest owner we know, or the object itself. A pod or a ReplicaSet
 * that something unknown controls is a part of that, which is then known by its reference only.
 */
export function topOwner(object: ObjectMeta, listers: Listers): Owner {
  const { kind, name, uid } = object;
  const itself: Owner = { kind, name, uid, object };
  const chain = [itself, ...ownerChain(object, listers)];
  const known = chain.findLast(owner => owner.object) ?? itself;
  return (PARTS.has(known.kind) ? chain.at(-1) : known) ?? itself;
}

/** A name may be taken again by another object; the uid decides. */
function findOwner(
  reference: Owner,
  part: ObjectMeta,
  listers: Listers,
): ObjectMeta | undefined {
  const found = Object.hasOwn(WATCHED_OWNERS, reference.kind)
    ? listers[WATCHED_OWNERS[reference.kind]].get(
        part.namespace,
        reference.name,
      )
    : findCustomOwner(reference, part, listers);
  return found?.uid === reference.uid ? found : undefined;
}

/** A workload of our own stays one, whatever controls it: only parts are taken in by a workload that a module added. */
function findCustomOwner(
  { kind, name }: Owner,
  part: ObjectMeta,
  { custom = [] }: Listers,
): ObjectMeta | undefined {
  if (!PARTS.has(part.kind)) return undefined;
  const listing = custom.find(
    ({ kind: { type, role } }) => type.kind === kind && role !== 'support',
  );
  return listing?.objects.get(part.namespace, name);
}
