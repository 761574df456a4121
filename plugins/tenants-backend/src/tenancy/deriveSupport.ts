// SPDX-License-Identifier: Apache-2.0
import { deriveHealth, judgeCustom, type Verdict } from '../health';
import type { KindListers } from '../informers/Lister';
import type { ObjectMeta } from '../informers/objects';
import { compareUnits, type WorkloadScope } from './deriveWorkloads';
import { moduleOf } from './moduleOf';
import type { Unit } from './Unit';

/** Kinds that workloads lean on. They count where something is wrong with them. */
const SUPPORT_KINDS = [
  'services',
  'persistentvolumeclaims',
  'horizontalpodautoscalers',
  'ingresses',
  'httproutes',
  'networkpolicies',
] as const;

type SupportKind = (typeof SUPPORT_KINDS)[number];

/** Judges what the workloads of a namespace lean on. */
export function deriveSupport(scope: WorkloadScope, now: Date): Unit[] {
  return [
    ...SUPPORT_KINDS.flatMap(kind => unitsOf(kind, scope, now)),
    ...customUnits(scope, now),
  ].sort(compareUnits);
}

function unitsOf<K extends SupportKind>(
  kind: K,
  scope: WorkloadScope,
  now: Date,
): Unit[] {
  const listers: KindListers = scope.context.listers;
  const objects = listers[kind].byNamespace(scope.namespace);
  return objects.map(object =>
    unitOf(object, deriveHealth({ kind, object }, scope.context, now), scope),
  );
}

/** Objects of the kinds that modules added for workloads to lean on. */
function customUnits(scope: WorkloadScope, now: Date): Unit[] {
  const { context, namespace } = scope;
  return (context.listers.custom ?? [])
    .filter(({ kind }) => kind.role === 'support')
    .flatMap(({ kind, objects }) =>
      objects
        .byNamespace(namespace)
        .map(object =>
          unitOf(object, judgeCustom({ kind, object }, context, now), scope),
        ),
    );
}

function unitOf(
  object: ObjectMeta,
  verdict: Verdict,
  scope: WorkloadScope,
): Unit {
  return {
    kind: object.kind,
    name: object.name,
    namespace: object.namespace,
    module: moduleOf([object.labels], scope.labels),
    verdict,
    labels: object.labels,
  };
}
