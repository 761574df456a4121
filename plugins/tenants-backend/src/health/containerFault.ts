// SPDX-License-Identifier: Apache-2.0
import type { ContainerObject, PodObject } from '../informers/objects';
import { LIMITS, limitEnd } from './limits';
import { clip, count } from './Verdict';

/** Why one container keeps its pod from working. */
export type ContainerFault = {
  readonly container: ContainerObject;
  readonly reason: string;
  /** What the container does, to be read after its name: `is in CrashLoopBackOff, last exit 137 OOMKilled, 6 restarts`. */
  readonly words: string;
  /** What the kubelet adds, if anything. */
  readonly detail?: string;
  readonly since?: string;
  readonly changesAt?: Date;
};

/** Waiting reasons of a container that is merely being prepared. */
const PREPARING = new Set(['ContainerCreating', 'PodInitializing', '']);
const IMAGE_REASONS = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);
/** From how many restarts on a container that runs again is still not trusted. */
const RESTARTS_BEFORE_DISTRUST = 3;

/** Finds the first container, in the order they start, that is at fault; `undefined` when none is. */
export function findContainerFault(
  pod: PodObject,
  now: Date,
): ContainerFault | undefined {
  for (const role of ['init', 'sidecar', 'main'] as const) {
    for (const container of pod.containers) {
      const fault =
        container.role === role ? faultOf(container, now) : undefined;
      if (fault) return fault;
    }
  }
  return undefined;
}

function faultOf(
  container: ContainerObject,
  now: Date,
): ContainerFault | undefined {
  switch (container.state) {
    case 'waiting':
      return waitingFault(container);
    case 'terminated':
      return terminatedFault(container);
    default:
      return restartingFault(container, now);
  }
}

function waitingFault(container: ContainerObject): ContainerFault | undefined {
  const reason = container.reason ?? '';
  if (PREPARING.has(reason)) return undefined;
  if (reason === 'CrashLoopBackOff') {
    const words = `is in CrashLoopBackOff${history(container)}`;
    return { container, reason, words };
  }
  const detail = explainWait(container.message ?? '');
  const words = isImageFault(reason)
    ? `cannot pull its image ${container.image} (${reason})`
    : `cannot start (${reason})`;
  return { container, reason, words, detail };
}

/** Whether a waiting reason is about the image. */
export function isImageFault(reason: string): boolean {
  return IMAGE_REASONS.has(reason);
}

/** Drops what the words say already, and the layers of error wrapping around what the registry said. */
function explainWait(message: string): string {
  const said = message.split(' desc = ').at(-1) ?? '';
  return clip(
    said.replace(/^Back-off pulling image "[^"]*"(: ErrImagePull: )?/, ''),
  );
}

function terminatedFault(
  container: ContainerObject,
): ContainerFault | undefined {
  const { exitCode, since } = container;
  if (exitCode === undefined || exitCode === 0) return undefined;
  const reason = container.reason || 'Error';
  const words = `ended with exit ${exitCode} ${reason}, ${count(
    container.restarts,
    'restart',
  )}`;
  return { container, reason, words, since };
}

function restartingFault(
  container: ContainerObject,
  now: Date,
): ContainerFault | undefined {
  const { lastExit, restarts, since } = container;
  if (restarts < RESTARTS_BEFORE_DISTRUST || !lastExit) return undefined;
  if (lastExit.code === 0) return undefined;
  const began = since ?? lastExit.at;
  const changesAt = limitEnd(began, LIMITS.restartMemoryMs, now);
  if (!changesAt) return undefined;
  const reason = lastExit.reason || 'Error';
  const words = `keeps restarting${history(container)}`;
  return { container, reason, words, since: began, changesAt };
}

function history({ lastExit, restarts }: ContainerObject): string {
  const exit = lastExit
    ? `, last exit ${lastExit.code} ${lastExit.reason}`.trimEnd()
    : '';
  return `${exit}, ${count(restarts, 'restart')}`;
}
