// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { fieldAt, isJsonObject, type At } from './jsonValue';

/** Where a kind keeps the template of its pods. */
const TEMPLATE_PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ['DaemonSet', ['spec', 'template']],
  ['Deployment', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['Pod', []],
]);

/** The path to the pod template of a kind; `undefined` when it makes no pods. Empty for a pod itself. */
export function podTemplatePath(kind: string): readonly string[] | undefined {
  return TEMPLATE_PATHS.get(kind);
}

/** The pod template of an object, with its path; `undefined` when it has none. */
export function podTemplate(
  object: JsonObject,
  kind: string,
): At<JsonObject> | undefined {
  const path = podTemplatePath(kind);
  if (path === undefined) return undefined;
  const value = path.length === 0 ? object : fieldAt(object, path);
  return isJsonObject(value) ? { value, path: path.join('.') } : undefined;
}

/** Every container of a pod, with its path below the pod's spec. */
export function containersOf(podSpec: unknown): readonly At<JsonObject>[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap(
    list => {
      const items = fieldAt(podSpec, [list]);
      return Array.isArray(items)
        ? items.flatMap((value, at) =>
            isJsonObject(value) ? [{ value, path: `${list}[${at}]` }] : [],
          )
        : [];
    },
  );
}
