// SPDX-License-Identifier: Apache-2.0
import type { ContainerEnds, ContainerObject, PodObject } from './objects';

/** How many times of ends are kept of a container. */
export const MAX_ENDS = 20;

/**
 * Ends that lie further apart are two stories. The kubelet waits 5 minutes at the most before it starts a container again, and
 * forgets what was once it has run for 10.
 */
export const SERIES_GAP_MS = 15 * 60_000;

type End = { readonly at: number; readonly reason: string };

/**
 * What is known of the ends of a container: what was known before, and what the container says now. The very same object when
 * that is nothing new; `undefined` when it never ended, or nobody knows when. Pure.
 *
 * A container names only its last end and, while it has not been started again, the present one. What was before is known as
 * far as somebody looked: a portal that was started in between begins with those two, so that the series seems to begin with
 * the older one, and `before` stays `undefined` unless the number of restarts shows that there was nothing else.
 */
export function endsOf(
  container: ContainerObject,
  known = container.ends,
): ContainerEnds | undefined {
  if (!hasEnded(container)) return known;
  const total = totalOf(container);
  const fresh = freshEnds(container, total, known);
  return fresh.reduce<ContainerEnds | undefined>(
    (ends, end, index) => withEnd(ends, end, total - fresh.length + index + 1),
    known,
  );
}

/** A pod with what the version before it knew of the ends of its containers, where that is more than it says itself. Pure. */
export function carryEnds(pod: PodObject, previous: PodObject): PodObject {
  if (!previous.containers.some(hasEnded)) return pod;
  const containers = pod.containers.map(container => {
    const before = previous.containers.find(c => c.name === container.name);
    const ends = before && endsOf(container, endsOf(before));
    return ends && ends.at.length > 1 ? { ...container, ends } : container;
  });
  const isMore = containers.some(({ ends }) => ends !== undefined);
  return isMore ? { ...pod, containers } : pod;
}

/** Almost no container ever does; of those that do not, nothing is kept. */
function hasEnded(container: ContainerObject): boolean {
  const { ends, lastExit } = container;
  return Boolean(ends ?? lastExit) || isFailedEnd(container);
}

function isFailedEnd({ state, exitCode }: ContainerObject): boolean {
  return state === 'terminated' && exitCode !== undefined && exitCode !== 0;
}

/** How often it has ended: a restart is counted when it runs again. */
function totalOf(container: ContainerObject): number {
  const { state, restarts, lastExit } = container;
  if (state === 'running') return restarts;
  const waitsAfterEnd = state === 'waiting' && lastExit !== undefined;
  return restarts + (waitsAfterEnd || isFailedEnd(container) ? 1 : 0);
}

/** The ends that a container names, oldest first, without those that are known. */
function freshEnds(
  container: ContainerObject,
  total: number,
  known: ContainerEnds | undefined,
): readonly End[] {
  const { lastExit, since, reason } = container;
  const last = { at: timeOf(lastExit?.at), reason: lastExit?.reason ?? '' };
  const present = isFailedEnd(container)
    ? { at: timeOf(since), reason: reason ?? '' }
    : undefined;
  const named = [
    ...(present && present.at <= last.at ? [] : [last]),
    ...(present ? [present] : []),
  ].filter(({ at }) => !Number.isNaN(at));
  const newest = known?.at.at(-1);
  if (known === undefined || newest === undefined) return named;
  const fresh = named.filter(({ at }) => at > newest);
  if (fresh.length > 0 || total <= known.total) return fresh;
  // Ended twice within the second that is the unit of these times.
  return named.slice(-1).filter(({ at }) => at === newest);
}

function timeOf(at: string | undefined): number {
  return at === undefined ? Number.NaN : Date.parse(at);
}

/** The ends with one more, the `nth` of all. */
function withEnd(
  ends: ContainerEnds | undefined,
  { at, reason }: End,
  nth: number,
): ContainerEnds {
  const missed = ends ? nth > ends.total + 1 : nth > 1;
  const newest = ends?.at.at(-1);
  if (!ends || newest === undefined || at - newest > SERIES_GAP_MS) {
    const before = missed ? undefined : Math.max(0, nth - 1);
    const known = [...(ends?.at ?? []), at].slice(-MAX_ENDS);
    return { at: known, total: nth, since: at, before, reason };
  }
  return {
    ...ends,
    at: [...ends.at, at].slice(-MAX_ENDS),
    total: nth,
    reason: !missed && ends.reason === reason ? reason : undefined,
  };
}
