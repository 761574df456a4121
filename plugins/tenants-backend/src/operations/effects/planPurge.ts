// SPDX-License-Identifier: Apache-2.0
import type { OperationRequest } from '@tenantry/backstage-plugin-tenants-common';
import type { StepPlan } from '../OperationExecutor';
import { OperationRefusedError } from '../OperationErrors';
import type { EffectPorts } from './EffectPorts';
import { failure, refuse } from './failures';
import { journalled } from './journalled';
import { planStep } from './planStep';
import { recordsOf, unavailableStep, type Planning } from './recordsOf';
import type { InputOf } from './stepInputs';

/** The wait until the namespaces are gone is planned when they have been deleted. */
function purgeSteps(record: InputOf<'purge'>['record']): readonly StepPlan[] {
  const of = record.environment;
  const step = (
    name: 'claim' | 'volumes' | 'purge' | 'forget',
    title: string,
  ) => planStep(record, { do: name, record }, { title });
  return [
    step('claim', `Take hold of ${of}`),
    step('volumes', `List the volumes of ${of}`),
    step('purge', `Delete the namespaces of ${of}`),
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
  const { environments } = request;
  const { wanted, unavailable } = await recordsOf(
    ports,
    planning,
    environments,
  );
  // Where all that was named has been found, nothing of it is on a cluster that does not answer.
  const isComplete = environments?.every(name =>
    wanted.some(({ environment }) => environment === name),
  );
  const { attempt } = operation;
  return [
    ...wanted.flatMap(record => purgeSteps(journalled(record))),
    ...(isComplete ? [] : unavailable).map(lost =>
      unavailableStep({ ...lost, attempt }),
    ),
  ];
}

/**
 * The steps of what is on a cluster that could not be reached when the rest was planned.
 *
 * @throws OperationRefusedError; retryable while the cluster can’t be reached
 */
export async function planLostPurge(
  { records }: EffectPorts,
  { operation, request, signal }: Planning,
  cluster: string,
): Promise<readonly StepPlan[]> {
  const found = await records.ofTenant(operation.tenant, signal);
  const lost = found.unavailable.find(each => each.cluster === cluster);
  if (lost) {
    throw new OperationRefusedError(
      failure('ClusterUnavailable', lost.message, true),
    );
  }
  return found.records
    .filter(record => record.cluster === cluster && isAsked(request, record))
    .flatMap(record => purgeSteps(journalled(record)));
}

function isAsked(
  request: OperationRequest,
  { environment }: { readonly environment: string },
): boolean {
  if (request.type !== 'purge' || !request.environments) return true;
  return request.environments.includes(environment);
}
