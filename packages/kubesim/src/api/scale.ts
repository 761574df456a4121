// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import {
  cloneJson,
  ensureRecord,
  numberOf,
  recordOf,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';

/** The Scale of a workload. */
export function scaleOf(kind: Kind, object: KubeObject): JsonRecord {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const labels = recordOf(recordOf(object.spec?.selector).matchLabels);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: numberOf(object.spec?.replicas) },
    status: {
      replicas: numberOf(object.status?.replicas),
      ...(kind.custom
        ? {}
        : {
            selector: Object.entries(labels)
              .map(([key, value]) => `${key}=${String(value)}`)
              .join(','),
          }),
    },
  };
}

/** A copy of a workload with the replicas of a Scale. */
export function withScale(object: KubeObject, scale: JsonRecord): KubeObject {
  const draft = cloneJson(object);
  ensureRecord(draft, 'spec').replicas = numberOf(
    recordOf(scale.spec).replicas,
  );
  return draft;
}
