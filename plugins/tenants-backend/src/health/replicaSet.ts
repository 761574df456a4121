// SPDX-License-Identifier: Apache-2.0
import type { ReplicatedObject } from '../informers/objects';
import type { HealthContext } from './HealthCheck';
import { judgeReplicated } from './replicated';
import { scaledToZero, type Verdict } from './Verdict';

/** Judges a ReplicaSet that stands alone. It has one revision only. */
export function judgeReplicaSet(
  object: ReplicatedObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const rules = { wantUpdated: 0, oldPods: 0, none: scaledToZero() };
  return judgeReplicated({ object, rules }, context, now);
}
