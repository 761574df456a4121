// SPDX-License-Identifier: Apache-2.0
import type {
  ContainerObject,
  EventObject,
  PodObject,
} from '../informers/objects';
import { containerName } from './containerName';
import { conditionOf, newestEvent, type HealthContext } from './HealthCheck';
import { LIMITS, limitEnd } from './limits';
import { because, healthy, type Verdict } from './Verdict';

/** Events that say why a pod cannot be prepared. */
const PREPARATION_FAILURES = [
  'FailedMount',
  'FailedAttachVolume',
  'FailedMapVolume',
  'FailedCreatePodSandBox',
  'NetworkNotReady',
];

/** Events that say why a running pod is not ready. */
const PROBE_EVENTS = ['Unhealthy', 'NodeNotReady'];

/** Waits for its containers to be made or to become ready, and for how long that may last. */
export function judgeReadiness(
  pod: PodObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const ready = conditionOf(pod, 'Ready');
  if (ready?.status === 'True') return healthy('Running', ready.since);
  const since = ready?.since ?? pod.createdAt;
  const waiting = pod.containers.find(c => c.state !== 'running' && !c.ready);
  if (waiting && waiting.role !== 'ephemeral') {
    return judgePreparation({ pod, waiting, since }, context, now);
  }
  return judgeProbes(pod, context, now);
}

function judgePreparation(
  state: { pod: PodObject; waiting: ContainerObject; since: string },
  context: HealthContext,
  now: Date,
): Verdict {
  const { pod, waiting, since } = state;
  const init = pod.containers.find(
    c => c.role === 'init' && c.state === 'running',
  );
  const said = newestEvent(pod, context, PREPARATION_FAILURES);
  const changesAt = limitEnd(since, LIMITS.startingMs, now);
  const stuck = !changesAt && !init;
  const waits = stuck ? 'cannot be prepared' : 'is being prepared';
  const doing = init ? `runs its init container ${init.name}` : waits;
  return {
    code: stuck ? 'Degraded' : 'Progressing',
    reason: said?.reason ?? (waiting.reason || 'ContainerCreating'),
    message: `${pod.name} ${doing}${because(said?.message)}.`,
    since,
    changesAt: init ? undefined : changesAt,
  };
}

function judgeProbes(
  pod: PodObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const since = notReadySince(pod) ?? pod.createdAt;
  const said = context
    .eventsOf(pod)
    .find(e => PROBE_EVENTS.includes(e.reason) && e.lastSeen >= since);
  const changesAt = limitEnd(since, probeLimit(said), now);
  const unready = pod.containers.find(c => !c.ready && c.role !== 'init');
  return {
    code: changesAt ? 'Progressing' : 'Degraded',
    reason: said?.reason ?? 'ContainersNotReady',
    message: unreadyWords(pod, unready, said),
    since,
    changesAt,
    evidence: {
      container: unready?.name,
      previousLog: unready?.lastExit !== undefined,
    },
  };
}

/** A failing startup probe is how a slow start looks. */
function probeLimit(said: EventObject | undefined): number {
  const failing = said && !said.message.startsWith('Startup probe');
  return failing ? LIMITS.probeFailingMs : LIMITS.startingMs;
}

function unreadyWords(
  pod: PodObject,
  unready: ContainerObject | undefined,
  said: EventObject | undefined,
): string {
  if (said?.reason === 'NodeNotReady') {
    return `${pod.name} is on node ${pod.node ?? '?'}, which is not ready.`;
  }
  const who = unready ? containerName(pod, unready) : pod.name;
  const condition = unready ? '' : conditionOf(pod, 'Ready')?.message;
  const why = said?.message || condition;
  return `${who} runs but is not ready${because(why)}.`;
}

/** Since when a pod is not ready; `undefined` when it is, or does not say. */
export function notReadySince(pod: PodObject): string | undefined {
  const ready = conditionOf(pod, 'Ready');
  return ready?.status === 'False' ? ready.since : undefined;
}
