// SPDX-License-Identifier: Apache-2.0
import type { Container, Pod } from '@tenantry/backstage-plugin-tenants-common';
import { endsOf } from '../informers/containerEnds';
import { conditionOf, healthOf, type Verdict } from '../health';
import type { ContainerObject, PodObject } from '../informers/objects';

/** Writes a pod as it goes over the wire. */
export function podEntry(pod: PodObject, verdict: Verdict): Pod {
  return {
    name: pod.name,
    namespace: pod.namespace,
    uid: pod.uid,
    phase: pod.phase,
    health: healthOf(verdict),
    ready: conditionOf(pod, 'Ready')?.status === 'True',
    restarts: restartsOf(pod),
    ...(pod.node ? { node: pod.node } : {}),
    createdAt: pod.createdAt,
    containers: pod.containers.map(containerEntry),
  };
}

/** How often the containers of a pod were restarted, together. */
export function restartsOf(pod: PodObject): number {
  return pod.containers.reduce((sum, { restarts }) => sum + restarts, 0);
}

function containerEntry(container: ContainerObject): Container {
  const { name, role, image, state, reason, ready, restarts } = container;
  const { lastExit, exitCode } = container;
  const exits = exitsOf(container);
  return {
    name,
    role,
    image,
    state,
    ...(reason ? { reason } : {}),
    ...(state === 'terminated' && exitCode !== undefined ? { exitCode } : {}),
    ready,
    restarts,
    ...(lastExit ? { lastExit: exitEntry(lastExit) } : {}),
    ...(exits.length > 0 ? { exits } : {}),
  };
}

function exitsOf(container: ContainerObject): string[] {
  const at = endsOf(container)?.at ?? [];
  return at.map(ms => new Date(ms).toISOString());
}

function exitEntry(
  lastExit: NonNullable<ContainerObject['lastExit']>,
): NonNullable<Container['lastExit']> {
  const { code, reason, at } = lastExit;
  return at ? { code, reason, at } : { code, reason };
}
