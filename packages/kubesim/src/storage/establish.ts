// SPDX-License-Identifier: Apache-2.0
import { kindsOfDefinition } from '../kinds/KindRegistry';
import { ensureRecord, recordOf } from './json';
import type { KubeObject } from './Objects';

export const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';
/** Keeps a definition that is deleted until the objects of its kind are gone. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

/** Gives a new CustomResourceDefinition the status that says it is served. */
export function establish(definition: KubeObject, now: string): void {
  const [kind] = kindsOfDefinition(definition);
  const spec = ensureRecord(definition, 'spec');
  const status = ensureRecord(definition, 'status');
  status.acceptedNames = recordOf(spec.names);
  status.conditions = [
    condition(now, ['NamesAccepted', 'NoConflicts', 'no conflicts found']),
    condition(now, [
      'Established',
      'InitialNamesAccepted',
      'the initial names have been accepted',
    ]),
  ];
  if (kind) status.storedVersions = [kind.version];
}

function condition(
  lastTransitionTime: string,
  [type, reason, message]: readonly [string, string, string],
) {
  return { type, status: 'True', lastTransitionTime, reason, message };
}
