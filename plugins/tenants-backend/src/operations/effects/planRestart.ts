// SPDX-License-Identifier: Apache-2.0
import type { StepPlan } from '../OperationExecutor';
import type { EffectPorts } from './EffectPorts';
import { journalled } from './journalled';
import { planStep } from './planStep';
import { recordOf, type Planning } from './recordsOf';

/** What restarts one workload. */
export async function planRestart(
  ports: EffectPorts,
  planning: Planning,
): Promise<readonly StepPlan[]> {
  const { request } = planning;
  if (request.type !== 'restart') return [];
  const found = await recordOf(ports, planning, request.environment);
  const record = journalled(found);
  const [kind = '', name = ''] = request.workload.split('/');
  return [
    planStep(
      record,
      { do: 'claim', record },
      { title: `Take hold of ${record.environment}` },
    ),
    planStep(
      record,
      { do: 'restart', record, kind, name },
      { title: `Restart ${kind} ${name}` },
    ),
  ];
}
