// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KubeObject } from './Objects';

type Remaining = {
  readonly kind: Kind;
  readonly objects: readonly KubeObject[];
};
type Condition = {
  type: string;
  status: 'True' | 'False';
  lastTransitionTime: string;
  reason: string;
  message: string;
};

/** What a terminating namespace says about itself while something is left in it. */
export function namespaceConditions(
  remaining: readonly Remaining[],
  now: string,
): Condition[] {
  const finalizers = countFinalizers(remaining);
  const rest = remaining
    .map(
      ({ kind, objects }) =>
        `${kind.plural}.${kind.group} has ${objects.length} resource instances`,
    )
    .sort()
    .join(', ');
  const held = [...finalizers]
    .map(([name, count]) => `${name} in ${count} resource instances`)
    .sort()
    .join(', ');
  const condition = (
    type: string,
    status: 'True' | 'False',
    text: [string, string],
  ): Condition => ({
    type,
    status,
    lastTransitionTime: now,
    reason: text[0],
    message: text[1],
  });
  return [
    condition('NamespaceDeletionDiscoveryFailure', 'False', [
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ]),
    condition('NamespaceDeletionGroupVersionParsingFailure', 'False', [
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ]),
    condition('NamespaceDeletionContentFailure', 'False', [
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ]),
    condition('NamespaceContentRemaining', 'True', [
      'SomeResourcesRemain',
      `Some resources are remaining: ${rest}`,
    ]),
    held
      ? condition('NamespaceFinalizersRemaining', 'True', [
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${held}`,
        ])
      : condition('NamespaceFinalizersRemaining', 'False', [
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ]),
  ];
}

function countFinalizers(remaining: readonly Remaining[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { objects } of remaining) {
    for (const name of objects.flatMap(
      object => object.metadata.finalizers ?? [],
    )) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}
