// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '../admission/quantity';
import { recordOf, recordsOf, type JsonRecord } from '../storage/json';
import type { Reading } from './MetricsApi';

/** Readings as `kubectl get podmetrics` shows them. */
export function metricsTable(items: readonly Reading[]): JsonRecord {
  const column = (name: string, format = '') => ({
    name,
    type: 'string',
    format,
    description: '',
    priority: 0,
  });
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: [
      column('Name', 'name'),
      column('cpu'),
      column('memory'),
      column('Window'),
    ],
    rows: items.map(item => ({
      cells: [
        item.metadata.name,
        `${Math.round(sum(item, 'cpu') * 1e9)}n`,
        `${Math.round(sum(item, 'memory') / 1024)}Ki`,
        item.window,
      ],
      object: {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: item.metadata,
      },
    })),
  };
}

function sum(item: Reading, resource: 'cpu' | 'memory'): number {
  const parts = [item, ...recordsOf(item.containers)];
  return parts.reduce(
    (total, part) => total + parseQuantity(recordOf(part.usage)[resource]),
    0,
  );
}
