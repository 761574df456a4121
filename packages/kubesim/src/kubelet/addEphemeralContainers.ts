// SPDX-License-Identifier: Apache-2.0
import { invalid } from '../storage/ApiError';
import {
  cloneJson,
  equalJson,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../storage/json';

const PODS = { plural: 'pods', group: '', kind: 'Pod' };
const PATH = 'spec.ephemeralContainers';

/**
 * The ephemeral containers of a pod after a write to its subresource: those it has, and new ones.
 *
 * @throws ApiError 422 when one is changed or taken away, or a name is used twice
 */
export function addEphemeralContainers(
  pod: { name: string; spec: JsonRecord },
  wanted: JsonRecord,
): JsonRecord[] {
  const present = recordsOf(pod.spec.ephemeralContainers);
  const next = recordsOf(wanted.ephemeralContainers).map(filled);
  for (const container of present) {
    const same = next.find(({ name }) => name === container.name);
    if (same && equalJson(same, container)) continue;
    throw invalid(PODS, pod.name, [
      {
        reason: 'FieldValueForbidden',
        message: `Forbidden: existing ephemeral containers "${String(
          container.name,
        )}" may not be ${same ? 'changed' : 'removed'}\n`,
        field: PATH,
      },
    ]);
  }
  checkNames(pod, next);
  return next;
}

function checkNames(
  pod: { name: string; spec: JsonRecord },
  next: readonly JsonRecord[],
): void {
  const taken = new Set(
    [
      ...recordsOf(pod.spec.containers),
      ...recordsOf(pod.spec.initContainers),
    ].map(({ name }) => name),
  );
  next.forEach((container, at) => {
    const name = textOf(container.name) ?? '';
    const missing = ['name', 'image'].find(field => !textOf(container[field]));
    if (missing)
      throw invalid(PODS, pod.name, [
        {
          reason: 'FieldValueRequired',
          message: 'Required value',
          field: `${PATH}[${at}].${missing}`,
        },
      ]);
    if (taken.has(name))
      throw invalid(PODS, pod.name, [
        {
          reason: 'FieldValueDuplicate',
          message: `Duplicate value: ${JSON.stringify(name)}`,
          field: `${PATH}[${at}].name`,
        },
      ]);
    taken.add(name);
  });
}

/** As the server fills in what a container leaves out. */
function filled(container: JsonRecord): JsonRecord {
  return {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    ...cloneJson(container),
  };
}
