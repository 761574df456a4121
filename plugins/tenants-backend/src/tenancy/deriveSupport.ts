// SPDX-License-Identifier: Apache-2.0
import { deriveHealth } from '../health';
import type { ObjectsByKind } from '../informers/objects';
import { compareUnits, type WorkloadScope } from './deriveWorkloads';
import { moduleOf } from './moduleOf';
import type { Unit } from './Unit';

/** Kinds that workloads lean on. They count where something is wrong with them. */
const SUPPORT_KINDS = [
  'services',
  'persistentvolumeclaims',
  'horizontalpodautoscalers',
  'ingresses',
  'networkpolicies',
] as const;

type SupportKind = (typeof SUPPORT_KINDS)[number];

/** Judges what the workloads of a namespace lean on. */
export function deriveSupport(scope: WorkloadScope, now: Date): Unit[] {
  return SUPPORT_KINDS.flatMap(kind => unitsOf(kind, scope, now)).sort(
    compareUnits,
  );
}

function unitsOf<K extends SupportKind>(
  kind: K,
  scope: WorkloadScope,
  now: Date,
): Unit[] {
  const objects: readonly ObjectsByKind[K][] = scope.context.listers[
    kind
  ].byNamespace(scope.namespace);
  return objects.map(object => ({
    kind: object.kind,
    name: object.name,
    namespace: object.namespace,
    module: moduleOf([object.labels], scope.labels),
    verdict: deriveHealth({ kind, object }, scope.context, now),
    labels: object.labels,
  }));
}
