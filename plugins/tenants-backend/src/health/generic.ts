// SPDX-License-Identifier: Apache-2.0
import type { GenericObject, ObjectMeta } from '../informers/objects';
import { conditionOf, type HealthContext } from './HealthCheck';
import { judgeTerminating } from './terminating';
import { because, healthy, type Verdict } from './Verdict';

const FAILED_PHASES = new Set(['Failed', 'Error', 'Degraded']);
const PROGRESS_PHASES = new Set([
  'Pending',
  'Creating',
  'Provisioning',
  'Progressing',
  'Updating',
  'InProgress',
]);

/**
 * Judges an object of a kind we know nothing of, by the conventions most controllers follow.
 *
 * @see https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
export function judgeGeneric(
  object: GenericObject,
  _context: HealthContext,
  now: Date,
): Verdict {
  return (
    judgeTerminating(object, now) ??
    judgeObserved(object) ??
    judgeConditions(object) ??
    judgePhase(object) ??
    healthy('Current', conditionOf(object, 'Ready')?.since)
  );
}

/** Says that a controller has not yet seen the newest specification; `undefined` when it has, or does not tell. */
export function judgeObserved(
  object: ObjectMeta & { readonly observedGeneration?: number },
): Verdict | undefined {
  const { observedGeneration } = object;
  if (observedGeneration === undefined) return undefined;
  if (observedGeneration >= object.generation) return undefined;
  const message = `${object.kind} ${object.name} was changed; its controller has not acted on it yet.`;
  return { code: 'Progressing', reason: 'NotObserved', message };
}

function judgeConditions(object: GenericObject): Verdict | undefined {
  const say = (text: string, otherwise: string) =>
    `${object.kind} ${object.name} ${otherwise}${because(text)}.`;
  const stalled =
    trueCondition(object, 'Stalled') ?? trueCondition(object, 'Failed');
  if (stalled) {
    return {
      code: 'Degraded',
      reason: stalled.reason || 'Stalled',
      message: say(stalled.message, 'is given up by its controller'),
      since: stalled.since,
    };
  }
  const ready =
    conditionOf(object, 'Ready') ?? conditionOf(object, 'Available');
  const moving =
    trueCondition(object, 'Reconciling') ??
    (ready && ready.status !== 'True' ? ready : undefined);
  if (!moving) return undefined;
  return {
    code: 'Progressing',
    reason: moving.reason || 'NotReady',
    message: say(moving.message, 'is not ready yet'),
    since: moving.since,
  };
}

function judgePhase(object: GenericObject): Verdict | undefined {
  const phase = object.phase ?? '';
  const message = `${object.kind} ${object.name} is in phase ${phase}.`;
  if (FAILED_PHASES.has(phase)) {
    return { code: 'Degraded', reason: phase, message };
  }
  return PROGRESS_PHASES.has(phase)
    ? { code: 'Progressing', reason: phase, message }
    : undefined;
}

function trueCondition(object: GenericObject, type: string) {
  const condition = conditionOf(object, type);
  return condition?.status === 'True' ? condition : undefined;
}
