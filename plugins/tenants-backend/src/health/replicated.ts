// SPDX-License-Identifier: Apache-2.0
import type { PodObject, ReplicatedObject } from '../informers/objects';
import { findCreationFailure } from './creationFailure';
import { conditionOf, type HealthContext } from './HealthCheck';
import { LIMITS, limitEnd } from './limits';
import { compareHealth } from './rollUp';
import { judgeTerminating } from './terminating';
import { count, healthy, type Verdict } from './Verdict';

/** What differs between the kinds that keep pods running. */
export type RolloutRules = {
  /** How many pods must be of the newest revision. */
  readonly wantUpdated: number;
  /** Pods of older revisions that still exist. */
  readonly oldPods: number;
  /** Its controller gave up on the rollout. */
  readonly stuckSince?: string | true;
  /** What zero replicas mean. */
  readonly none: Verdict;
};

/** Judges a workload that keeps a number of pods running, by its own numbers first and by the pods for the reason. */
export function judgeReplicated(
  subject: { object: ReplicatedObject; rules: RolloutRules },
  context: HealthContext,
  now: Date,
): Verdict {
  const { object, rules } = subject;
  const gone = judgeTerminating(object, now);
  if (gone) return gone;
  if (object.observedGeneration < object.generation) {
    const message = `${object.kind} ${object.name} was changed; its controller has not acted on it yet.`;
    return { code: 'Progressing', reason: 'NotObserved', message };
  }
  if (object.replicas === 0) return rules.none;
  return (
    findCreationFailure(object, context) ??
    judgePods(subject, context) ??
    judgeRollout(subject) ??
    judgeNumbers(subject, context, now)
  );
}

/** A pod at fault is the workload’s fault, also while enough other pods are ready. */
function judgePods(
  { object, rules }: { object: ReplicatedObject; rules: RolloutRules },
  context: HealthContext,
): Verdict | undefined {
  const worst = worstPod(context.podsOf(object), context);
  if (worst?.code !== 'Degraded') return undefined;
  return { ...worst, message: `${standing(object, rules)}: ${worst.message}` };
}

function judgeRollout({
  object,
  rules,
}: {
  object: ReplicatedObject;
  rules: RolloutRules;
}): Verdict | undefined {
  if (!rules.stuckSince) return undefined;
  const since = rules.stuckSince === true ? undefined : rules.stuckSince;
  return {
    code: 'Degraded',
    reason: 'ProgressDeadlineExceeded',
    message: `${standing(object, rules)}.`,
    since,
  };
}

function judgeNumbers(
  { object, rules }: { object: ReplicatedObject; rules: RolloutRules },
  context: HealthContext,
  now: Date,
): Verdict {
  const available = conditionOf(object, 'Available');
  if (object.updatedReplicas < rules.wantUpdated) {
    const message = `Rolling out: ${object.updatedReplicas} of ${rules.wantUpdated} pods updated.`;
    const since = conditionOf(object, 'Progressing')?.since;
    return { code: 'Progressing', reason: 'RollingOut', message, since };
  }
  if (object.readyReplicas < object.replicas) {
    return notReady(object, context, now);
  }
  if (rules.oldPods > 0) {
    const message = `Rolling out: ${count(
      rules.oldPods,
      'old pod',
    )} still to be removed.`;
    return { code: 'Progressing', reason: 'RollingOut', message };
  }
  if (object.paused) {
    const message = `The rollout is paused; ${object.readyReplicas} of ${object.replicas} pods ready.`;
    return { code: 'Suspended', reason: 'Paused', message };
  }
  return healthy('Available', available?.since);
}

function notReady(
  object: ReplicatedObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const worst = worstPod(context.podsOf(object), context);
  const have = `${object.readyReplicas} of ${object.replicas} pods ready`;
  if (worst && worst.code !== 'Healthy') {
    return { ...worst, message: `${have}: ${worst.message}` };
  }
  const available = conditionOf(object, 'Available');
  const since =
    (available?.status === 'False' ? available.since : undefined) ??
    conditionOf(object, 'Progressing')?.since ??
    object.createdAt;
  const changesAt = limitEnd(since, LIMITS.unavailableMs, now);
  return {
    code: changesAt ? 'Progressing' : 'Degraded',
    reason: 'PodsNotReady',
    message: `${have}.`,
    since,
    changesAt,
  };
}

/** Where a workload stands, in numbers; says when a rollout does not move while old pods serve. */
function standing(object: ReplicatedObject, rules: RolloutRules): string {
  const ready = `${object.readyReplicas} of ${object.replicas} pods ready`;
  const rolling =
    rules.oldPods > 0 || object.updatedReplicas < rules.wantUpdated;
  if (!rolling && !rules.stuckSince) return ready;
  const word = rules.stuckSince ? 'Rollout is stuck' : 'Rollout does not go on';
  const serve =
    rules.oldPods > 0
      ? `, ${count(rules.oldPods, 'old pod')} still ${
          rules.oldPods === 1 ? 'serves' : 'serve'
        }`
      : '';
  return `${word}: ${object.updatedReplicas} of ${rules.wantUpdated} pods updated, ${ready}${serve}`;
}

/** The worst of a workload’s pods. One that ended was replaced, so it no longer counts. */
export function worstPod(
  pods: readonly PodObject[],
  context: HealthContext,
): Verdict | undefined {
  return pods
    .filter(pod => pod.phase !== 'Failed' && pod.phase !== 'Succeeded')
    .map(pod => context.verdictOf(pod))
    .sort(compareHealth)[0];
}
