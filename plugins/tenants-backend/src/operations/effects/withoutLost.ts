// SPDX-License-Identifier: Apache-2.0
import type {
  OperationRequest,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';

/** The refusals that are about a cluster that can’t be reached now. */
export function lostEnvironments(
  refusals: readonly Refusal[],
): ReadonlyMap<string, Refusal> {
  return new Map(
    refusals.flatMap(refusal =>
      refusal.rule === 'cluster-unavailable' && refusal.environment
        ? [[refusal.environment, refusal] as const]
        : [],
    ),
  );
}

/**
 * The part of a request that does not concern these environments; `undefined` when nothing is left, or it can’t be taken apart.
 * `known` are the tenant’s environments, for a request that names none.
 */
export function withoutLost(
  request: OperationRequest,
  lost: ReadonlyMap<string, unknown>,
  known: readonly string[],
): OperationRequest | undefined {
  if (request.type === 'apply') {
    const environments = request.environments.filter(
      ({ name }) => !lost.has(name),
    );
    return environments.length > 0 ? { ...request, environments } : undefined;
  }
  const canPart =
    request.type === 'delete' ||
    request.type === 'sleep' ||
    request.type === 'wake' ||
    request.type === 'members';
  if (!canPart) return undefined;
  const environments = (request.environments ?? known).filter(
    name => !lost.has(name),
  );
  return environments.length > 0 ? { ...request, environments } : undefined;
}

/** The part of a request that concerns one of its environments. */
export function onlyEnvironment(
  request: OperationRequest,
  environment: string,
): OperationRequest {
  switch (request.type) {
    case 'apply': {
      const { environments } = request;
      const one = environments.filter(({ name }) => name === environment);
      return { ...request, environments: one };
    }
    case 'delete':
    case 'sleep':
    case 'wake':
    case 'members':
      return { ...request, environments: [environment] };
    default:
      return request;
  }
}
