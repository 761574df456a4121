// SPDX-License-Identifier: Apache-2.0
import type { ReplicatedObject } from '../informers/objects';
import type { HealthContext } from './HealthCheck';
import { judgeReplicated } from './replicated';
import { scaledToZero, type Verdict } from './Verdict';

/** Judges a StatefulSet. Pods below the partition stay old on purpose; with OnDelete all do, until somebody deletes them. */
export function judgeStatefulSet(
  object: ReplicatedObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const byHand = object.updateStrategy === 'OnDelete';
  const rules = {
    wantUpdated: byHand ? 0 : Math.max(0, object.replicas - object.partition),
    oldPods: 0,
    none: scaledToZero(),
  };
  return judgeReplicated({ object, rules }, context, now);
}
