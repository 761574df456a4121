// SPDX-License-Identifier: Apache-2.0
import { toOperationError } from '../OperationErrors';
import type { StepContext, StepOutcome, StepPlan } from '../OperationExecutor';
import type { EffectPorts } from './EffectPorts';
import { failure } from './failures';
import { planLostPurge } from './planPurge';
import { planEnvironment } from './planSpecChange';
import type { InputOf } from './stepInputs';

/** Of a part whose cluster could not be reached: plans it in a later try. In the same try it is not asked twice. */
export async function reachAgain(
  ports: EffectPorts,
  step: StepContext,
  { attempt, message }: InputOf<'unavailable'>,
): Promise<StepOutcome> {
  if (step.operation.attempt <= attempt) {
    const error = failure('ClusterUnavailable', message, true);
    return { kind: 'failed', partial: true, error };
  }
  try {
    return { kind: 'done', next: await planPart(ports, step) };
  } catch (thrown) {
    return { kind: 'failed', partial: true, error: toOperationError(thrown) };
  }
}

function planPart(
  ports: EffectPorts,
  context: StepContext,
): Promise<readonly StepPlan[]> {
  const { cluster = '', environment = '' } = context.step;
  return context.request.type === 'purge'
    ? planLostPurge(ports, context, cluster)
    : planEnvironment(ports, context, environment);
}
