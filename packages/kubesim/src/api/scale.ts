// SPDX-License-Identifier: Apache-2.0
import type { Kind, ScalePaths } from '../kinds/Kind';
import {
  cloneJson,
  ensureRecord,
  numberOf,
  recordOf,
  recordsOf,
  textOf,
  valueAt,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';

const BUILTIN: ScalePaths = {
  specReplicasPath: '.spec.replicas',
  statusReplicasPath: '.status.replicas',
};

/** The Scale of a workload. */
export function scaleOf(kind: Kind, object: KubeObject): JsonRecord {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const paths = kind.scale ?? BUILTIN;
  const replicas = numberOf(at(object, paths.specReplicasPath));
  const selector = kind.scale
    ? textOf(at(object, kind.scale.labelSelectorPath))
    : selectorText(recordOf(object.spec?.selector));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    // Go leaves a zero out.
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: numberOf(at(object, paths.statusReplicasPath)),
      ...(selector && { selector }),
    },
  };
}

/** A copy of a workload with the replicas of a Scale. */
export function withScale(
  kind: Kind,
  object: KubeObject,
  scale: JsonRecord,
): KubeObject {
  const draft = cloneJson(object);
  const steps = stepsOf((kind.scale ?? BUILTIN).specReplicasPath);
  const parent = steps
    .slice(0, -1)
    .reduce<JsonRecord>((record, step) => ensureRecord(record, step), draft);
  parent[steps[steps.length - 1]] = numberOf(recordOf(scale.spec).replicas);
  return draft;
}

function at(object: KubeObject, path: string | undefined): unknown {
  return path === undefined ? undefined : valueAt(object, stepsOf(path));
}

function stepsOf(path: string): string[] {
  return path.split('.').filter(Boolean);
}

function selectorText(selector: JsonRecord): string {
  const equal = Object.entries(recordOf(selector.matchLabels)).map(
    ([key, value]) => `${key}=${String(value)}`,
  );
  const plain =
    selector.matchLabels || selector.matchExpressions
      ? []
      : Object.entries(selector).map(
          ([key, value]) => `${key}=${String(value)}`,
        );
  const sets = recordsOf(selector.matchExpressions).map(expressionText);
  return [...equal, ...plain, ...sets].join(',');
}

function expressionText({ key, operator, values }: JsonRecord): string {
  const list = Array.isArray(values) ? values.join(',') : '';
  switch (operator) {
    case 'In':
      return `${String(key)} in (${list})`;
    case 'NotIn':
      return `${String(key)} notin (${list})`;
    case 'DoesNotExist':
      return `!${String(key)}`;
    default:
      return String(key);
  }
}
