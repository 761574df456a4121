// SPDX-License-Identifier: Apache-2.0
import type {
  EnvironmentSpec,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { TooManyObjectsError } from './TooManyObjectsError';

/** A cluster that could not be asked refuses its environment. @throws what is no failure of a cluster */
export function refuseFailure(
  { name, cluster }: EnvironmentSpec,
  error: unknown,
): Refusal {
  const isKnown =
    error instanceof KubeError || error instanceof TooManyObjectsError;
  if (!isKnown) throw error;
  return {
    rule: 'cluster-unavailable',
    environment: name,
    subject: cluster,
    message: `${name} could not be planned on ${cluster}. ${error.message}`,
    chain: [name, cluster],
    fixes: [{ label: 'Try again when the cluster answers.' }],
  };
}
