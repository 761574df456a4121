// SPDX-License-Identifier: Apache-2.0
import type { RenderedObject } from '../RenderedObject';

/** What others need comes before them. A kind that is not named comes with the workloads. */
const ORDER: readonly string[] = [
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'HelmRepository',
  'OCIRepository',
  'Service',
];
const LAST: readonly string[] = [
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'Ingress',
];

/** Sorts by wave, then by what needs what, then by module and name: the same objects always come in the same order. */
export function inApplyOrder(
  objects: readonly RenderedObject[],
): RenderedObject[] {
  return [...objects].sort(
    (a, b) =>
      a.wave - b.wave ||
      rank(a) - rank(b) ||
      compare(a.module ?? '', b.module ?? '') ||
      compare(a.manifest.kind, b.manifest.kind) ||
      compare(a.manifest.metadata.name, b.manifest.metadata.name),
  );
}

function rank({ manifest }: RenderedObject): number {
  const first = ORDER.indexOf(manifest.kind);
  if (first >= 0) return first;
  return ORDER.length + 1 + LAST.indexOf(manifest.kind);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
