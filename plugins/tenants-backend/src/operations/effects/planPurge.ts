// SPDX-License-Identifier: Apache-2.0
import type { StepPlan } from '../OperationExecutor';
import type { EffectPorts } from './EffectPorts';
import { refuse } from './failures';
import { journalled } from './journalled';
import { planStep } from './planStep';
import { recordsOf, unavailableStep, type Planning } from './recordsOf';
import type { InputOf } from './stepInputs';

function purgeSteps(record: InputOf<'purge'>['record']): readonly StepPlan[] {
  const of = record.environment;
  const step = (
    name: 'claim' | 'volumes' | 'purge' | 'gone' | 'forget',
    title: string,
  ) => planStep(record, { do: name, record }, { title });
  return [
    step('claim', `Take hold of ${of}`),
    step('volumes', `List the volumes of ${of}`),
    step('purge', `Delete the namespaces of ${of}`),
    step('gone', `Wait until the namespaces of ${of} are gone`),
    step('forget', `Forget ${of}`),
  ];
}

/** What deletes environments with all their data. Needs the tenant’s name once more. */
export async function planPurge(
  ports: EffectPorts,
  planning: Planning,
): Promise<readonly StepPlan[]> {
  const { request, operation } = planning;
  if (request.type !== 'purge') return [];
  if (request.confirm !== operation.tenant) {
    return refuse(
      'NotConfirmed',
      `To purge, give the tenant’s name "${operation.tenant}" as confirm.`,
    );
  }
  const found = await recordsOf(ports, planning, request.environments);
  return [
    ...found.wanted.flatMap(record => purgeSteps(journalled(record))),
    ...found.unavailable.map(unavailableStep),
  ];
}
