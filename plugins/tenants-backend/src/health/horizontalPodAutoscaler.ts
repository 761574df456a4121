// SPDX-License-Identifier: Apache-2.0
import type { HorizontalPodAutoscalerObject } from '../informers/objects';
import { conditionOf, type HealthContext } from './HealthCheck';
import { LIMITS, limitEnd } from './limits';
import { judgeTerminating } from './terminating';
import { because, healthy, type Verdict } from './Verdict';

/** Judges an autoscaler: whether it finds its target and can measure it. Being at its limit is no fault. */
export function judgeHorizontalPodAutoscaler(
  scaler: HorizontalPodAutoscalerObject,
  context: HealthContext,
  now: Date,
): Verdict {
  return (
    judgeTerminating(scaler, now) ??
    judgeTarget(scaler, context) ??
    judgeScaling(scaler, now)
  );
}

function judgeTarget(
  { name, namespace, target }: HorizontalPodAutoscalerObject,
  { listers, isRead }: HealthContext,
): Verdict | undefined {
  const known = {
    Deployment: listers.deployments,
    StatefulSet: listers.statefulsets,
  };
  if (target.kind !== 'Deployment' && target.kind !== 'StatefulSet') {
    return undefined;
  }
  const found = known[target.kind].get(namespace, target.name);
  if (found?.replicas === 0) {
    const message = `${target.kind} ${target.name} is scaled to zero.`;
    return { code: 'Suspended', reason: 'ScalingDisabled', message };
  }
  if (found || !isRead(target.kind)) return undefined;
  return {
    code: 'Missing',
    reason: 'TargetNotFound',
    message: `Autoscaler ${name} scales ${target.kind} ${target.name}, which does not exist.`,
  };
}

function judgeScaling(
  scaler: HorizontalPodAutoscalerObject,
  now: Date,
): Verdict {
  const able = conditionOf(scaler, 'AbleToScale');
  const active = conditionOf(scaler, 'ScalingActive');
  const failing = [able, active].find(c => c?.status === 'False');
  if (!failing) return healthy('Scaling', able?.since);
  if (failing.reason === 'ScalingDisabled') {
    const message = `Autoscaler ${scaler.name} is off: its target has zero replicas.`;
    return { code: 'Suspended', reason: failing.reason, message };
  }
  const changesAt = limitEnd(failing.since, LIMITS.provisioningMs, now);
  return {
    code: changesAt ? 'Progressing' : 'Degraded',
    reason: failing.reason || 'CannotScale',
    message: `Autoscaler ${scaler.name} cannot scale ${scaler.target.kind} ${
      scaler.target.name
    }${because(failing.message)}.`,
    since: failing.since,
    changesAt,
  };
}
