// SPDX-License-Identifier: Apache-2.0
import type { Objects, OwnerReference, KubeObject } from '../storage/Objects';
import type { Clock, Random } from '../time/Clock';
import type { ControllerErrors } from './ControllerErrors';
import type { EventRecorder } from './EventRecorder';
import type { PodIndex } from './PodIndex';

/** What every controller works with. */
export type ControllerPorts = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventRecorder;
  readonly pods: PodIndex;
  readonly errors: ControllerErrors;
};

/** Keeps the objects of one resource as they want to be. */
export interface Controller {
  readonly resource: string;
  /** One idempotent step for `namespace/name`. Returns after how many milliseconds it wants to be called again. */
  reconcile(key: string): number | undefined;
}

/** The reference a controller puts on what it makes. */
export function controlledBy(
  owner: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>,
): OwnerReference[] {
  const { name, uid } = owner.metadata;
  return [
    {
      apiVersion: owner.apiVersion,
      kind: owner.kind,
      name,
      uid,
      controller: true,
      blockOwnerDeletion: true,
    },
  ];
}

/** The controller of an object, if it has one. */
export function controllerOf(
  object: Pick<KubeObject, 'metadata'>,
): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(({ controller }) => controller);
}

export function whereOf(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
