// SPDX-License-Identifier: Apache-2.0
import type { PodObject } from '../informers/objects';
import {
  findContainerFault,
  isImageFault,
  type ContainerFault,
} from './containerFault';
import { containerName } from './containerName';
import { failureOf } from './failure';
import { conditionOf, newestEvent, type HealthContext } from './HealthCheck';
import { LIMITS, limitEnd } from './limits';
import { nextStartOf } from './nextStart';
import { judgeReadiness } from './podReadiness';
import { judgeTerminating } from './terminating';
import { because, clip, healthy, type Verdict } from './Verdict';

/** Judges a pod. Its message begins with the pod’s name, so that it stands alone and inside a workload’s message. */
export function judgePod(
  pod: PodObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const verdict =
    judgeTerminating(pod, now) ??
    judgeEnded(pod) ??
    judgeUnscheduled(pod, context, now) ??
    judgeContainers(pod, context, now) ??
    judgeReadiness(pod, context, now);
  if (verdict.code === 'Healthy') return verdict;
  return { ...verdict, evidence: { pod: pod.name, ...verdict.evidence } };
}

function judgeEnded(pod: PodObject): Verdict | undefined {
  if (pod.phase === 'Succeeded') return healthy('Completed');
  if (pod.phase === 'Unknown') {
    const message = `${pod.name} is on node ${
      pod.node ?? '?'
    }, which does not answer.`;
    return { code: 'Unknown', reason: pod.reason || 'NodeLost', message };
  }
  if (pod.phase !== 'Failed') return undefined;
  const ended = pod.containers.find(
    c => c.state === 'terminated' && c.exitCode !== 0,
  );
  const exit = ended
    ? `${containerName(pod, ended)} ended with exit ${ended.exitCode ?? '?'} ${
        ended.reason ?? ''
      }`.trimEnd()
    : `${pod.name} failed`;
  const detail = because(pod.message);
  return {
    code: 'Degraded',
    reason: pod.reason || ended?.reason || 'Failed',
    message: `${exit}${detail}.`,
    since: ended?.since ?? conditionOf(pod, 'Ready')?.since,
    evidence: { container: ended?.name, previousLog: false },
  };
}

function judgeUnscheduled(
  pod: PodObject,
  context: HealthContext,
  now: Date,
): Verdict | undefined {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (pod.node !== undefined || scheduled?.status === 'True') return undefined;
  if (scheduled?.reason === 'SchedulingGated') {
    const message = `${pod.name} waits for its scheduling gates.`;
    return { code: 'Suspended', reason: 'SchedulingGated', message };
  }
  const since = scheduled?.since ?? pod.createdAt;
  const said =
    scheduled?.message ||
    newestEvent(pod, context, ['FailedScheduling'])?.message;
  // What follows tells that no other pod would be evicted for it: noise here.
  const why = said?.split(' preemption:')[0];
  const changesAt = limitEnd(since, LIMITS.unschedulableMs, now);
  return {
    code: changesAt ? 'Progressing' : 'Degraded',
    reason: scheduled?.reason || 'Unscheduled',
    message: `${pod.name} waits for a node${because(why)}.`,
    since,
    changesAt,
  };
}

function judgeContainers(
  pod: PodObject,
  context: HealthContext,
  now: Date,
): Verdict | undefined {
  const fault = findContainerFault(pod, now);
  if (!fault) return undefined;
  const { container, reason, changesAt } = fault;
  const { since, ended } = failureOf(pod, fault, context);
  const detail = fault.detail || imageEvent(pod, context, reason);
  const subject = containerName(pod, container);
  const about = `${detail ? `: ${detail}` : ''}${othersRun(pod, fault)}`;
  return {
    code: 'Degraded',
    reason,
    message: `${subject} ${fault.words}${about}.`,
    since,
    changesAt,
    evidence: {
      container: container.name,
      previousLog: container.lastExit !== undefined,
      ended,
      nextStartAt: nextStartOf(container),
    },
  };
}

/** Before Kubernetes 1.31 a back-off does not repeat what the registry said; the event before it did. */
function imageEvent(
  pod: PodObject,
  context: HealthContext,
  reason: string,
): string {
  if (!isImageFault(reason)) return '';
  const said = context
    .eventsOf(pod)
    .find(e => e.reason === 'Failed' && e.message.startsWith('Failed to pull'));
  return clip(said?.message.split(' desc = ').at(-1) ?? '');
}

/** A container that fails alone is easily overlooked, because the pod does run. */
function othersRun(pod: PodObject, { container }: ContainerFault): string {
  if (container.role === 'init') return '';
  const others = pod.containers.filter(
    c => c !== container && (c.role === 'main' || c.role === 'sidecar'),
  );
  const allRun = others.length > 0 && others.every(c => c.ready);
  const names = others.map(c => c.name).join(', ');
  return allRun ? `, while ${names} runs` : '';
}
