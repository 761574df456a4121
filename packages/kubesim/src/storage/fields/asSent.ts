// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../../kinds/Kind';
import { cloneJson, isRecord, valueAt } from '../json';
import type { KubeObject, NewObject } from '../Objects';

/** What the server itself decides on a create, by kind: not the writer’s, unless the writer said it. */
const SERVER_MADE: Readonly<Record<string, readonly string[]>> = {
  namespaces: ['spec.finalizers'],
  pods: [
    'spec.serviceAccountName',
    'spec.serviceAccount',
    'spec.priority',
    'spec.preemptionPolicy',
    'spec.tolerations',
  ],
  services: [
    'spec.clusterIP',
    'spec.clusterIPs',
    'spec.ipFamilies',
    'spec.ipFamilyPolicy',
  ],
  'jobs.batch': ['spec.selector', 'spec.template.metadata'],
};

/** A new object as its writer may own it. */
export function asSent(
  kind: Kind,
  draft: KubeObject,
  given: NewObject,
): KubeObject {
  const paths = Object.hasOwn(SERVER_MADE, kind.resource)
    ? SERVER_MADE[kind.resource]
    : [];
  if (paths.length === 0) return draft;
  const copy = cloneJson(draft);
  for (const path of paths) {
    const steps = path.split('.');
    if (valueAt(given, steps) !== undefined) continue;
    const parent = valueAt(copy, steps.slice(0, -1));
    if (isRecord(parent)) delete parent[steps[steps.length - 1]];
  }
  return copy;
}
