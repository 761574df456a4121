// SPDX-License-Identifier: Apache-2.0
import type {
  OperationRequest,
  Plan,
} from '@tenantry/backstage-plugin-tenants-common';

/** Names that are spelled out before the rest is counted. */
const NAMED = 3;

/** What an operation does, in words: “Upgrade superset to 4.1.0”. */
export function operationTitle(request: OperationRequest, plan: Plan): string {
  const { tenant } = plan;
  switch (request.type) {
    case 'apply':
      return applyTitle(plan);
    case 'adopt':
      return `Adopt ${names(request.namespaces)} as ${tenant}/${
        request.environment
      }`;
    case 'delete':
    case 'purge':
    case 'sleep':
    case 'wake':
      return onEnvironments(request, tenant);
    case 'restart':
      return `Restart ${request.workload} in ${request.environment}`;
    case 'scale':
      return `Scale ${request.workload} in ${request.environment} to ${request.replicas}`;
    case 'rollback':
      return `Roll ${request.environment} back to revision ${request.revision}`;
    default:
      return membersTitle(request);
  }
}

const VERBS = {
  delete: 'Delete',
  purge: 'Purge',
  sleep: 'Put to sleep:',
  wake: 'Wake',
} as const;

function onEnvironments(
  request: Extract<OperationRequest, { type: keyof typeof VERBS }>,
  tenant: string,
): string {
  const { environments = [] } = request;
  const what =
    environments.length === 0 ? tenant : `${tenant}/${names(environments)}`;
  return `${VERBS[request.type]} ${what}`;
}

function applyTitle({ exists, tenant, environments }: Plan): string {
  if (!exists) return `Create tenant ${tenant}`;
  const fresh = environments.filter(e => !e.exists).map(({ name }) => name);
  if (fresh.length > 0) return `Create ${tenant}/${names(fresh)}`;
  const modules = environments.flatMap(e => e.modules);
  const upgraded = modules.filter(m => m.from && m.from !== m.version);
  const added = modules.filter(m => m.from === undefined);
  if (upgraded.length === 1 && added.length === 0) {
    return `Upgrade ${upgraded[0].name} to ${upgraded[0].version}`;
  }
  if (upgraded.length > 0) {
    return `Upgrade ${names(upgraded.map(({ name }) => name))}`;
  }
  if (added.length > 0) return `Add ${names(added.map(({ name }) => name))}`;
  return `Change ${tenant}/${names(environments.map(({ name }) => name))}`;
}

function membersTitle(
  request: Extract<OperationRequest, { type: 'members' }>,
): string {
  const set = request.set.map(({ subject, role }) => `${subject} to ${role}`);
  const parts = [
    ...(set.length > 0 ? [`set ${names(set)}`] : []),
    ...(request.remove.length > 0 ? [`remove ${names(request.remove)}`] : []),
  ];
  return `Members: ${parts.join(', ') || 'no change'}`;
}

function names(all: readonly string[]): string {
  const unique = [...new Set(all)];
  if (unique.length <= NAMED) return unique.join(', ');
  return `${unique.slice(0, NAMED).join(', ')} and ${
    unique.length - NAMED
  } more`;
}
