// SPDX-License-Identifier: Apache-2.0
import type { OperationRequest } from '@tenantry/backstage-plugin-tenants-common';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import type { StepContext, StepPlan } from '../OperationExecutor';
import type { EffectPorts } from './EffectPorts';
import { refuse } from './failures';
import { toJson } from './stepInputs';

/** What an executor plans from. */
export type Planning = {
  readonly operation: StepContext['operation'];
  readonly request: OperationRequest;
  readonly signal: AbortSignal;
};

/** The tenant’s environments that are asked for, and the clusters that could not be. @throws OperationRefusedError when one is not there */
export async function recordsOf(
  { records }: EffectPorts,
  { operation, signal }: Planning,
  environments?: readonly string[],
) {
  const found = await records.ofTenant(operation.tenant, signal);
  const wanted = found.records.filter(
    ({ environment }) => !environments || environments.includes(environment),
  );
  const missing = environments?.find(
    name => !wanted.some(({ environment }) => environment === name),
  );
  const [lost] = found.unavailable;
  if (missing !== undefined && !lost) return notAdopted(missing);
  if (wanted.length === 0 && !lost) return notAdopted('');
  return { wanted, unavailable: found.unavailable };
}

/** The record of one environment. @throws OperationRefusedError when it is not there, or can’t be read now */
export async function recordOf(
  ports: EffectPorts,
  planning: Planning,
  environment: string,
): Promise<EnvironmentRecord> {
  const found = await recordsOf(ports, planning, [environment]);
  const [record] = found.wanted;
  if (record) return record;
  const [lost] = found.unavailable;
  return refuse('ClusterUnavailable', lost?.message ?? 'It can’t be read now.');
}

function notAdopted(environment: string): never {
  const which = environment ? `environment "${environment}"` : 'environment';
  return refuse(
    'NotManaged',
    `There is no ${which} of this tenant that Tenantry manages. Adopt its namespaces first.`,
  );
}

/** A step for a part whose cluster can’t be reached: it fails with the reason, and in a later try plans the part. The other parts go on. */
export function unavailableStep(lost: {
  readonly cluster: string;
  readonly message: string;
  /** Absent: what the tenant may have there. */
  readonly environment?: string;
  /** The try that finds out. */
  readonly attempt: number;
}): StepPlan {
  const { cluster, message, environment = `on ${cluster}`, attempt } = lost;
  return {
    key: `unavailable/${cluster}/${environment}`,
    title: `Reach cluster ${cluster}`,
    environment,
    cluster,
    input: toJson({ do: 'unavailable', message, attempt }),
  };
}
