// SPDX-License-Identifier: Apache-2.0
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { EnvironmentRecord } from '../../records/EnvironmentRecord';
import { NewerFenceError } from '../../records/NewerFenceError';
import type { StepContext } from '../OperationExecutor';
import { clusterApi, refuse } from './failures';
import type { EffectPorts } from './EffectPorts';

/** One run of one step on one environment. */
export type EffectContext = {
  readonly ports: EffectPorts;
  readonly step: StepContext;
  readonly api: KubeApi;
  readonly record: EnvironmentRecord;
};

export function effectContext(
  ports: EffectPorts,
  step: StepContext,
  record: EnvironmentRecord,
): EffectContext {
  return { ports, step, record, api: clusterApi(ports, record.cluster) };
}

/** Our annotation that names the operation which wrote an object last. */
export function operationAnnotation({ ports }: EffectContext): string {
  return `${ports.settings.prefix}/operation`;
}

/**
 * Runs what touches the environment’s record; when it has been claimed by a newer lease, this worker stops: at once when the
 * lease is lost, else with the reason that another portal or an older database is at work.
 *
 * @throws LeaseLostError, OperationRefusedError
 */
export async function fenced<T>(
  { step }: EffectContext,
  work: () => Promise<T>,
): Promise<T> {
  await step.holdLease();
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NewerFenceError)) throw error;
    await step.holdLease();
    return refuse('NewerLease', error.message);
  }
}

/** After a conflict: goes on only while no newer lease has claimed the environment. */
export async function checkFence(context: EffectContext): Promise<void> {
  const { ports, record, step } = context;
  await fenced(context, () =>
    ports.records.checkOwn(record, step.fence, step.signal),
  );
}
