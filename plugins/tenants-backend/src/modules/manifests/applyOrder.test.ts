// SPDX-License-Identifier: Apache-2.0
import { applyLayer, inApplyOrder } from './applyOrder';

const object = (kind: string, module: string, wave = 0) => ({
  manifest: { apiVersion: 'v1', kind, metadata: { name: module } },
  module,
  wave,
});

it('what others need is in an earlier layer, and what does not need each other in one', () => {
  const layers = [
    ['Namespace'],
    ['ResourceQuota', 'NetworkPolicy', 'Role', 'ServiceAccount'],
    ['RoleBinding', 'ConfigMap', 'Secret', 'Service', 'HelmRepository'],
    ['Deployment', 'StatefulSet', 'HelmRelease', 'SomethingElse'],
    ['HorizontalPodAutoscaler', 'Ingress'],
  ];
  expect(layers.map(kinds => [...new Set(kinds.map(applyLayer))])).toEqual([
    [0],
    [1],
    [2],
    [3],
    [4],
  ]);
});

it('no object comes before one of an earlier layer of its wave', () => {
  const kinds = ['Ingress', 'StatefulSet', 'Deployment', 'Service', 'Role'];
  const objects = ['b', 'a'].flatMap(module =>
    kinds.flatMap(kind => [object(kind, module, 1), object(kind, module)]),
  );
  const ordered = inApplyOrder(objects).map(
    ({ wave, manifest }) => wave * 10 + applyLayer(manifest.kind),
  );
  expect(ordered).toEqual([...ordered].sort((a, b) => a - b));
  expect(ordered).toHaveLength(objects.length);
});
