// SPDX-License-Identifier: Apache-2.0
import type { ReplicatedObject } from '../informers/objects';
import type { HealthContext } from './HealthCheck';
import { judgeReplicated } from './replicated';
import { healthy, type Verdict } from './Verdict';

/** Judges a DaemonSet: one pod per matching node. No matching node is nothing to worry about. */
export function judgeDaemonSet(
  object: ReplicatedObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const byHand = object.updateStrategy === 'OnDelete';
  const rules = {
    wantUpdated: byHand ? 0 : object.replicas,
    oldPods: 0,
    none: healthy('NoMatchingNode'),
  };
  return judgeReplicated({ object, rules }, context, now);
}
