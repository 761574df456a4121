// SPDX-License-Identifier: Apache-2.0
import { endsOf, SERIES_GAP_MS } from '../informers/containerEnds';
import type { ContainerEnds, PodObject } from '../informers/objects';
import type { ContainerFault } from './containerFault';
import { newestEvent, type HealthContext } from './HealthCheck';
import { isoTime } from './isoTime';
import { notReadySince } from './podReadiness';
import { compareText } from './rollUp';
import type { Evidence } from './Verdict';

/** How long a container fails already. */
export type Failure = {
  readonly since: string;
  /** Absent when the container does not end, or not all of its ends are known. */
  readonly ended?: Evidence['ended'];
};

/**
 * Since when a container fails: since the first failure of an unbroken series, not since the last one. A container that keeps
 * ending runs, and is ready, for a moment at each try, so its present state and its Ready condition are younger than the fault.
 *
 * The portal remembers the ends it saw. What it did not see, before it was started or while a cluster did not answer, it knows
 * only from the container’s last state and from the kubelet’s event, which keeps the time of the first back-off for an hour
 * after the last; so after a restart of the portal a failure may look younger than it is, never older.
 */
export function failureOf(
  pod: PodObject,
  fault: ContainerFault,
  context: HealthContext,
): Failure {
  const ends = endsOf(fault.container);
  const times = [
    notReadySince(pod),
    fault.since,
    firstBackOff(pod, ends, context),
    ends && isoTime(ends.since),
  ].filter(time => time !== undefined);
  const since = times.sort(compareText)[0] ?? pod.createdAt;
  return { since, ended: ends && endedSince(since, ends) };
}

/** Of another series than this one it says nothing; of one whose beginning was seen nothing new. */
function firstBackOff(
  pod: PodObject,
  ends: ContainerEnds | undefined,
  context: HealthContext,
): string | undefined {
  const event = newestEvent(pod, context, ['BackOff']);
  if (!event || !ends) return event?.firstSeen;
  const isOfSeries = Date.parse(event.lastSeen) >= ends.since - SERIES_GAP_MS;
  return ends.before === undefined && isOfSeries ? event.firstSeen : undefined;
}

function endedSince(since: string, ends: ContainerEnds): Failure['ended'] {
  const { before, total, reason } = ends;
  const isWhole = before === 0 || Date.parse(since) === ends.since;
  if (before === undefined || !isWhole || total <= before) return undefined;
  return { times: total - before, ...(reason ? { reason } : {}) };
}
