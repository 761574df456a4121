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
        container.role === role ? faultOf({ pod, container }, now) : undefined;
      if (fault) return fault;
    }
  }
  return undefined;
}

/** A container, and the pod whose age its restarts are told over. */
type Subject = {
  readonly pod: PodObject;
  readonly container: ContainerObject;
};

function faultOf(subject: Subject, now: Date): ContainerFault | undefined {
  switch (subject.container.state) {
    case 'waiting':
      return waitingFault(subject);
    case 'terminated':
      return terminatedFault(subject);
    default:
      return restartingFault(subject, now);
  }
}

function waitingFault(subject: Subject): ContainerFault | undefined {
  const { container } = subject;
  const reason = container.reason ?? '';
  if (PREPARING.has(reason)) return undefined;
  if (reason === 'CrashLoopBackOff') {
    const words = `is in CrashLoopBackOff${history(subject)}`;
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

function terminatedFault(subject: Subject): ContainerFault | undefined {
  const { container } = subject;
  const { exitCode, since } = container;
  if (exitCode === undefined || exitCode === 0) return undefined;
  const reason = container.reason || 'Error';
  const words = `ended with exit ${exitCode} ${reason}, ${restartsOver(
    subject,
  )}`;
  return { container, reason, words, since };
}

function restartingFault(
  subject: Subject,
  now: Date,
): ContainerFault | undefined {
  const { container } = subject;
  const { lastExit, restarts, since } = container;
  if (restarts < RESTARTS_BEFORE_DISTRUST || !lastExit) return undefined;
  if (lastExit.code === 0) return undefined;
  const began = since ?? lastExit.at;
  const changesAt = limitEnd(began, LIMITS.restartMemoryMs, now);
  if (!changesAt) return undefined;
  const reason = lastExit.reason || 'Error';
  const words = `keeps restarting${history(subject)}`;
  return { container, reason, words, since: began, changesAt };
}

function history(subject: Subject): string {
  const { lastExit } = subject.container;
  const exit = lastExit
    ? `, last exit ${lastExit.code} ${lastExit.reason}`.trimEnd()
    : '';
  return `${exit}, ${restartsOver(subject)}`;
}

/** How often, and over which time: from the pod’s start to the last exit, so that the words stand still while nothing happens. */
function restartsOver({ pod, container }: Subject): string {
  const { restarts, lastExit, exitCode, since } = container;
  const words = count(restarts, 'restart');
  const end = exitCode === undefined ? lastExit?.at : since;
  const ms = Date.parse(end ?? '') - Date.parse(pod.startedAt ?? '');
  return restarts > 1 && ms > 0 ? `${words} in ${duration(ms)}` : words;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Rounded to the largest unit of which there are at least two. */
function duration(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.round(ms / DAY_MS)} days`;
  if (ms >= 2 * HOUR_MS) return `${Math.round(ms / HOUR_MS)} h`;
  if (ms >= 2 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return `${Math.round(ms / SECOND_MS)} s`;
}
