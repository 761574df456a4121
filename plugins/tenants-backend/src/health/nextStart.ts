// SPDX-License-Identifier: Apache-2.0
import { endsOf } from '../informers/containerEnds';
import type { ContainerObject } from '../informers/objects';
import { isoTime } from './isoTime';

/** As the kubelet writes it: `back-off 2m40s restarting failed container=main pod=…`. */
const BACK_OFF =
  /^back-off (?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)(?:\.\d+)?s)? restarting /;

/**
 * About when the kubelet starts a container again: it says for how long it waits from the last end. `undefined` when it says
 * nothing of the kind: how long it doubles the wait, and from where on, is a setting of the node.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
 */
export function nextStartOf(container: ContainerObject): string | undefined {
  const { state, message } = container;
  if (state !== 'waiting' || message === undefined) return undefined;
  const wait = BACK_OFF.exec(message);
  const endedAt = endsOf(container)?.at.at(-1);
  if (!wait || endedAt === undefined) return undefined;
  const [hours, minutes, seconds] = wait.slice(1).map(n => Number(n ?? 0));
  const waitMs = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  return isoTime(endedAt + waitMs);
}
