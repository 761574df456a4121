// SPDX-License-Identifier: Apache-2.0
import type { RenderedObject } from '../RenderedObject';

/** What others need comes before them; kinds of one layer do not need each other. A kind that is not named comes with the workloads. */
const LAYERS: readonly (readonly string[])[] = [
  ['Namespace'],
  ['ResourceQuota', 'LimitRange', 'NetworkPolicy', 'ServiceAccount', 'Role'],
  [
    'RoleBinding',
    'Secret',
    'ConfigMap',
    'PersistentVolumeClaim',
    'HelmRepository',
    'OCIRepository',
    'Service',
  ],
];
const LAST: readonly string[] = [
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'Ingress',
];
const ORDER = LAYERS.flat();

/** Number of the layer of a kind: what is in one may be applied at the same time. */
export function applyLayer(kind: string): number {
  const layer = LAYERS.findIndex(kinds => kinds.includes(kind));
  if (layer >= 0) return layer;
  return LAYERS.length + Number(LAST.includes(kind));
}

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
