// SPDX-License-Identifier: Apache-2.0
import type { Container, Pod } from './Pod';

/** What a container is to its pod; it decides when it starts, and whether it comes back. */
export type Role = 'main' | 'init' | 'sidecar' | 'ephemeral';

export type Placed = { readonly container: Container; readonly role: Role };

/** Init containers in order: those that run to their end, and sidecars that go on. */
export function initsOf({ spec }: Pod): Placed[] {
  return (spec.initContainers ?? []).map(container => ({
    container,
    role: container.restartPolicy === 'Always' ? 'sidecar' : 'init',
  }));
}

export function mainsOf({ spec }: Pod): Placed[] {
  return spec.containers.map(container => ({ container, role: 'main' }));
}

/** Whether a container that ended starts again. */
export function comesBack(
  role: Role,
  {
    restartPolicy = 'Always',
    exitCode,
  }: { restartPolicy?: string; exitCode: number },
): boolean {
  if (role === 'sidecar') return true;
  if (role === 'ephemeral') return false;
  if (role === 'init') return exitCode !== 0 && restartPolicy !== 'Never';
  if (restartPolicy === 'OnFailure') return exitCode !== 0;
  return restartPolicy === 'Always';
}

/** As an event names the container: `spec.initContainers{migrate}`. */
export function fieldPathOf(role: Role, name: string): string {
  const list = {
    main: 'containers',
    init: 'initContainers',
    sidecar: 'initContainers',
    ephemeral: 'ephemeralContainers',
  }[role];
  return `spec.${list}{${name}}`;
}

const REPOSITORY =
  /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/;

/** What a runtime says of an image name it cannot read; `undefined` when it can. */
export function imageNameProblem(image: string): string | undefined {
  if (REPOSITORY.test(image)) return undefined;
  const detail = /[A-Z]/.test(image)
    ? 'invalid reference format: repository name must be lowercase'
    : 'invalid reference format';
  return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${detail}`;
}
