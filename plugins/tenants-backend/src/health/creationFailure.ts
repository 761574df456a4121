// SPDX-License-Identifier: Apache-2.0
import type { EventObject, ReplicatedObject } from '../informers/objects';
import { conditionOf, newestEvent, type HealthContext } from './HealthCheck';
import { explainRefusal } from './refusal';
import { compareText } from './rollUp';
import type { Verdict } from './Verdict';

/** Says why a workload’s controller cannot create its pods: the fault that no pod shows, since there is none. `undefined` when it can. */
export function findCreationFailure(
  object: ReplicatedObject,
  context: HealthContext,
): Verdict | undefined {
  const failure = conditionOf(object, 'ReplicaFailure');
  if (failure?.status === 'True') {
    return refused(object, failure.message, failure.since);
  }
  const have = Math.max(object.readyReplicas, context.podsOf(object).length);
  if (have >= object.replicas) return undefined;
  const event = newestRefusal(object, context);
  return event && refused(object, event.message, event.firstSeen);
}

/** StatefulSets and DaemonSets have no condition for it, only events; a Deployment’s are about its ReplicaSets. */
function newestRefusal(
  object: ReplicatedObject,
  context: HealthContext,
): EventObject | undefined {
  const sets = context.listers.replicasets.byController(object.uid);
  return [object, ...sets.filter(set => set.replicas > 0)]
    .map(maker => newestEvent(maker, context, ['FailedCreate']))
    .filter(event => event !== undefined)
    .sort(
      (a, b) =>
        compareText(b.lastSeen, a.lastSeen) || compareText(a.name, b.name),
    )[0];
}

function refused(
  object: ReplicatedObject,
  text: string,
  since: string | undefined,
): Verdict {
  const { reason, words, root } = explainRefusal(text);
  const have = `${object.readyReplicas} of ${object.replicas} pods ready`;
  const message = `${have}: ${words}.`;
  return { code: 'Degraded', reason, message, since, evidence: { root } };
}
