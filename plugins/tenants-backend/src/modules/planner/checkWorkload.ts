// SPDX-License-Identifier: Apache-2.0
import type {
  OperationRequest,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { didYouMean } from '../plan';
import { refused, type EnvironmentOutcome } from './EnvironmentRequest';

/** What restarting a workload would do, if there is such a workload. */
export async function checkWorkload(
  {
    environment: name,
    workload,
  }: Extract<OperationRequest, { type: 'restart' }>,
  tenant: Tenant | undefined,
): Promise<EnvironmentOutcome> {
  const environment = tenant?.environments.find(one => one.name === name);
  const workloads = (environment?.modules ?? []).flatMap(module =>
    module.workloads.map(({ kind, name: own }) => `${kind}/${own}`),
  );
  if (!workloads.includes(workload)) {
    return refused({
      rule: 'not-ours',
      environment: name,
      subject: workload,
      message: `There is no ${workload} in ${name}.${didYouMean(
        workload,
        workloads,
      )}`,
      chain: [name, workload],
      fixes: [{ label: 'Name a workload of the environment.' }],
    });
  }
  return {
    refusals: [],
    notes: [
      {
        environment: name,
        subject: workload,
        kind: 'restart',
        message: `The pods of ${workload.replace(
          '/',
          ' ',
        )} are replaced one after another.`,
      },
    ],
  };
}
