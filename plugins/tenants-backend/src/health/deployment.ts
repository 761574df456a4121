// SPDX-License-Identifier: Apache-2.0
import type { ReplicatedObject } from '../informers/objects';
import { conditionOf, type HealthContext } from './HealthCheck';
import { judgeReplicated } from './replicated';
import { scaledToZero, type Verdict } from './Verdict';

/** Judges a Deployment: also a rollout that does not move while the old pods still serve. */
export function judgeDeployment(
  object: ReplicatedObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const progressing = conditionOf(object, 'Progressing');
  const stuck =
    progressing?.status === 'False' &&
    progressing.reason === 'ProgressDeadlineExceeded';
  const rules = {
    wantUpdated: object.replicas,
    oldPods: Math.max(0, object.currentReplicas - object.updatedReplicas),
    stuckSince: stuck ? progressing.since ?? (true as const) : undefined,
    none: scaledToZero(),
  };
  return judgeReplicated({ object, rules }, context, now);
}
