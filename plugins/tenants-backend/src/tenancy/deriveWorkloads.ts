// SPDX-License-Identifier: Apache-2.0
import type { Workload } from '@tenantry/backstage-plugin-tenants-common';
import {
  compareHealth,
  compareText,
  deriveHealth,
  healthOf,
  healthy,
  judgeCustom,
  type HealthContext,
  type Verdict,
} from '../health';
import type { KindListers } from '../informers/Lister';
import type {
  ObjectMeta,
  PodObject,
  ReplicatedObject,
} from '../informers/objects';
import type { OwnedPods } from './collectPods';
import { moduleOf } from './moduleOf';
import { topOwner, type Owner } from './ownerChain';
import { podEntry, restartsOf } from './podEntry';
import type { TenancyLabels } from './TenancyLabels';
import type { Unit } from './Unit';

/** Where workloads are looked for, and with what. */
export type WorkloadScope = {
  readonly namespace: string;
  readonly labels: TenancyLabels;
  readonly owned: OwnedPods;
  readonly context: HealthContext;
};

const REPLICATED_KINDS = ['deployments', 'statefulsets', 'daemonsets'] as const;
const JOB_KINDS = ['jobs', 'cronjobs'] as const;
const DELIVERY_KINDS = [
  'helmreleases',
  'kustomizations',
  'applications',
] as const;

type WorkloadKind =
  | (typeof REPLICATED_KINDS)[number]
  | (typeof JOB_KINDS)[number]
  | (typeof DELIVERY_KINDS)[number]
  | 'replicasets';

/** Judges the workloads of a namespace: those controllers run, what delivers them, and pods that nothing we know runs. */
export function deriveWorkloads(scope: WorkloadScope, now: Date): Unit[] {
  const units = [
    ...REPLICATED_KINDS.flatMap(kind => unitsOf(kind, scope, now)),
    ...JOB_KINDS.flatMap(kind => unitsOf(kind, scope, now)),
    ...DELIVERY_KINDS.flatMap(kind => unitsOf(kind, scope, now)),
    ...unitsOf('replicasets', scope, now),
    ...customUnits(scope, now),
    ...unitsOfUnknownOwners(scope),
  ];
  return units.sort(compareUnits);
}

/** Orders units by name, then by kind and namespace. */
export function compareUnits(a: Unit, b: Unit): number {
  return (
    compareText(a.name, b.name) ||
    compareText(a.kind, b.kind) ||
    compareText(a.namespace, b.namespace)
  );
}

function unitsOf<K extends WorkloadKind>(
  kind: K,
  scope: WorkloadScope,
  now: Date,
): Unit[] {
  const { context, namespace, owned } = scope;
  const listers: KindListers = context.listers;
  const objects = listers[kind].byNamespace(namespace);
  return objects
    .filter(object => topOwner(object, context.listers).uid === object.uid)
    .filter(object => !isSpentRevision(object, owned))
    .map(object => {
      const verdict = deriveHealth({ kind, object }, context, now);
      return unitOf({ object, verdict }, scope);
    });
}

/** Objects of the workload kinds that modules added. */
function customUnits(scope: WorkloadScope, now: Date): Unit[] {
  const { context, namespace } = scope;
  return (context.listers.custom ?? [])
    .filter(({ kind }) => kind.role !== 'support')
    .flatMap(({ kind, objects }) =>
      objects.byNamespace(namespace).map(object => {
        const verdict = judgeCustom({ kind, object }, context, now);
        return unitOf({ object, verdict }, scope);
      }),
    );
}

/** A ReplicaSet left over by hand, with nothing in it. */
function isSpentRevision(object: ObjectMeta, owned: OwnedPods): boolean {
  return (
    object.kind === 'ReplicaSet' &&
    isReplicated(object) &&
    object.replicas === 0 &&
    !owned.podsByOwner.has(object.uid)
  );
}

function unitOf(
  judged: { readonly object: ObjectMeta; readonly verdict: Verdict },
  scope: WorkloadScope,
): Unit {
  const { object, verdict } = judged;
  const { kind, name, namespace, uid, createdAt, labels } = object;
  const pods = scope.owned.podsByOwner.get(uid) ?? [];
  const replicas = replicasOf(object);
  const workload: Workload = {
    kind,
    name,
    namespace,
    uid,
    health: healthOf(verdict),
    ...(replicas ? { replicas } : {}),
    images: imagesOf(object, pods),
    restarts: pods.reduce((sum, pod) => sum + restartsOf(pod), 0),
    createdAt,
    pods: pods.map(pod => podEntry(pod, scope.context.verdictOf(pod))),
  };
  const module = moduleOf([labels, ...pods.map(p => p.labels)], scope.labels);
  return { kind, name, namespace, module, verdict, labels, workload };
}

function replicasOf(object: ObjectMeta): Workload['replicas'] {
  if (!isReplicated(object)) return undefined;
  return {
    desired: object.replicas,
    ready: object.readyReplicas,
    updated: object.updatedReplicas,
  };
}

function isReplicated(object: ObjectMeta): object is ReplicatedObject {
  return 'readyReplicas' in object;
}

function imagesOf(object: ObjectMeta, pods: readonly PodObject[]): string[] {
  const declared =
    'images' in object && Array.isArray(object.images) ? object.images : [];
  if (declared.length > 0) return declared.map(String);
  const used = pods.flatMap(pod => pod.containers.map(c => c.image));
  return [...new Set(used)].sort(compareText);
}

/** Bare pods, and pods of controllers whose objects are not in the cache. */
function unitsOfUnknownOwners(scope: WorkloadScope): Unit[] {
  const { owned, context, namespace } = scope;
  return [...owned.owners.values()].flatMap(owner => {
    const pods = owned.podsByOwner.get(owner.uid) ?? [];
    const [first] = pods;
    if (first?.namespace !== namespace) return [];
    if (owner.object?.kind === 'Pod') {
      return [
        unitOf({ object: first, verdict: context.verdictOf(first) }, scope),
      ];
    }
    return owner.object ? [] : [unitOfReference(owner, pods, scope)];
  });
}

function unitOfReference(
  owner: Owner,
  pods: readonly PodObject[],
  scope: WorkloadScope,
): Unit {
  const worst = pods
    .map(p => scope.context.verdictOf(p))
    .sort(compareHealth)[0];
  const created = pods.map(pod => pod.createdAt).sort(compareText)[0] ?? '';
  const object: ObjectMeta = {
    kind: owner.kind,
    name: owner.name,
    namespace: scope.namespace,
    uid: owner.uid,
    resourceVersion: '',
    generation: 0,
    createdAt: created,
    labels: {},
    annotations: {},
    finalizers: [],
  };
  return unitOf({ object, verdict: worst ?? healthy() }, scope);
}
