// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import { forbidden } from '../storage/ApiError';
import {
  ensureRecord,
  recordOf,
  recordsOf,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Admission } from './Admission';
import { parseQuantity } from './quantity';

/** Fills in and checks what LimitRange objects say of containers. */
export class LimitRanger implements Admission {
  constructor(
    private readonly ports: { store: ObjectStore; kinds: KindRegistry },
  ) {}

  admitCreate(kind: Kind, draft: KubeObject): void {
    if (kind.resource !== 'pods') return;
    for (const item of this.containerLimits(draft.metadata.namespace)) {
      const notes = recordsOf(draft.spec?.containers).flatMap(container =>
        fill(container, item),
      );
      if (notes.length > 0) annotate(draft, notes);
      const problems = recordsOf(draft.spec?.containers).flatMap(container =>
        problemsOf(container, item),
      );
      if (problems.length > 0) {
        const why =
          problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
        throw forbidden(kind, draft.metadata.name, { why });
      }
    }
  }

  private containerLimits(namespace: string | undefined): JsonRecord[] {
    const kind = this.ports.kinds.get('limitranges');
    if (!kind || this.ports.store.count(kind, namespace) === 0) return [];
    return this.ports.store
      .list(kind, namespace)
      .flatMap(({ object }) => recordsOf(object.spec?.limits))
      .filter(item => item.type === 'Container');
  }
}

function fill(container: JsonRecord, item: JsonRecord): string[] {
  const resources = ensureRecord(container, 'resources');
  const requests = setMissing(
    resources,
    'requests',
    recordOf(item.defaultRequest),
  );
  const limits = setMissing(resources, 'limits', recordOf(item.default));
  return [
    ...(requests.length > 0
      ? [
          `${requests.join(', ')} request for container ${String(
            container.name,
          )}`,
        ]
      : []),
    ...(limits.length > 0
      ? [`${limits.join(', ')} limit for container ${String(container.name)}`]
      : []),
  ];
}

function setMissing(
  resources: JsonRecord,
  list: 'requests' | 'limits',
  defaults: JsonRecord,
): string[] {
  const missing = Object.keys(defaults)
    .filter(key => recordOf(resources[list])[key] === undefined)
    .sort();
  if (missing.length === 0) return [];
  const target = ensureRecord(resources, list);
  for (const key of missing) target[key] = defaults[key];
  return missing;
}

function annotate(pod: KubeObject, notes: readonly string[]): void {
  const annotations = (pod.metadata.annotations ??= {});
  annotations[
    'kubernetes.io/limit-ranger'
  ] = `LimitRanger plugin set: ${notes.join('; ')}`;
}

function problemsOf(container: JsonRecord, item: JsonRecord): string[] {
  const resources = recordOf(container.resources);
  const limits = recordOf(resources.limits);
  const requests = recordOf(resources.requests);
  const over = Object.entries(recordOf(item.max)).flatMap(([key, max]) =>
    parseQuantity(limits[key]) > parseQuantity(max)
      ? [
          `maximum ${key} usage per Container is ${String(
            max,
          )}, but limit is ${String(limits[key])}`,
        ]
      : [],
  );
  const under = Object.entries(recordOf(item.min)).flatMap(([key, min]) =>
    requests[key] !== undefined &&
    parseQuantity(requests[key]) < parseQuantity(min)
      ? [
          `minimum ${key} usage per Container is ${String(
            min,
          )}, but request is ${String(requests[key])}`,
        ]
      : [],
  );
  return [...over, ...under];
}
