// SPDX-License-Identifier: Apache-2.0
import type { NamespaceObject, ObjectMeta } from '../informers/objects';
import { conditionOf, type HealthContext } from './HealthCheck';
import { LIMITS, limitEnd } from './limits';
import { compareText } from './rollUp';
import { listFinalizers } from './terminating';
import { because, healthy, type Verdict } from './Verdict';

/** How many of the objects that hold a namespace are named. */
const MAX_HOLDERS = 3;
/** The namespace controller’s conditions that say it cannot go on by itself. */
const BROKEN = [
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionGroupVersionParsingFailure',
  'NamespaceDeletionContentFailure',
];
/** Its conditions that say what is left. */
const REMAINING = ['NamespaceFinalizersRemaining', 'NamespaceContentRemaining'];

/** Judges a namespace: one that is being deleted says what holds it. */
export function judgeNamespace(
  namespace: NamespaceObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const leaving = namespace.deletedAt;
  if (namespace.phase !== 'Terminating' && leaving === undefined) {
    return healthy('Active', namespace.createdAt);
  }
  const broken = BROKEN.map(type => conditionOf(namespace, type)).find(
    condition => condition?.status === 'True',
  );
  const changesAt = broken
    ? undefined
    : limitEnd(leaving, LIMITS.terminatingMs, now);
  const held = broken
    ? because(broken.message)
    : explainHolders(namespace, context);
  return {
    code: changesAt ? 'Progressing' : 'Degraded',
    reason: changesAt ? 'Terminating' : broken?.reason || 'StuckTerminating',
    message: `Namespace ${namespace.name} ${
      changesAt ? 'is being deleted' : 'cannot finish deleting'
    }${held}.`,
    since: leaving,
    changesAt,
    evidence: { root: `Namespace/${namespace.name}` },
  };
}

/** Prefers the objects in the cache that carry finalizers, then what the namespace controller counted, then the namespace’s own finalizers. */
function explainHolders(
  namespace: NamespaceObject,
  context: HealthContext,
): string {
  const holders = findHolders(namespace.name, context);
  if (holders.length > 0) {
    const named = holders
      .slice(0, MAX_HOLDERS)
      .map(
        object => `${object.kind} ${object.name} (${listFinalizers(object)})`,
      );
    const more = holders.length - named.length;
    return `; it waits for ${named.join(', ')}${
      more > 0 ? ` and ${more} more` : ''
    }`;
  }
  const counted = REMAINING.map(type => conditionOf(namespace, type)).find(
    condition => condition?.status === 'True',
  );
  if (counted) return because(counted.message);
  return namespace.finalizers.length > 0
    ? `; it waits for its own ${listFinalizers(namespace)}`
    : '';
}

function findHolders(
  namespace: string,
  { listers }: HealthContext,
): readonly ObjectMeta[] {
  const kinds = [
    listers.persistentvolumeclaims,
    listers.pods,
    listers.services,
    listers.ingresses,
    listers.httproutes,
    listers.jobs,
    listers.deployments,
    listers.statefulsets,
    listers.helmreleases,
    listers.kustomizations,
    listers.applications,
    ...(listers.custom ?? []).map(({ objects }) => objects),
  ];
  return kinds
    .flatMap((lister): readonly ObjectMeta[] => lister.byNamespace(namespace))
    .filter(object => object.finalizers.length > 0)
    .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name));
}
