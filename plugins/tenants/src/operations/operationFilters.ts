// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  OPERATION_STATES,
  OPERATION_TYPES,
  type Operation,
  type OperationQuery,
} from '@tenantry/backstage-plugin-tenants-common';

/** What the address says about a list of operations. */
export type OperationFilters = Pick<
  Partial<OperationQuery>,
  'state' | 'type' | 'requestedBy' | 'environment'
>;

/** States that can be filtered by. */
export const STATE_FILTERS = ['active', 'ended', ...OPERATION_STATES] as const;

const MAX_LENGTH = 320;

/** Reads the filters of an address; what makes no sense is left out. */
export function parseOperationFilters(
  search: URLSearchParams,
): OperationFilters {
  const who = search.get('who')?.slice(0, MAX_LENGTH);
  const env = search.get('env')?.slice(0, 63);
  return {
    state: STATE_FILTERS.find(state => state === search.get('state')),
    type: OPERATION_TYPES.find(type => type === search.get('type')),
    ...(who ? { requestedBy: who } : {}),
    ...(env ? { environment: env } : {}),
  };
}

function isInState(
  { state }: Operation,
  wanted: OperationFilters['state'],
): boolean {
  if (wanted === undefined || wanted === state) return true;
  return wanted === (isFinalState(state) ? 'ended' : 'active');
}

function matches(operation: Operation, filters: OperationFilters): boolean {
  const { state, type, requestedBy, environment } = filters;
  return (
    isInState(operation, state) &&
    (type === undefined || operation.type === type) &&
    (requestedBy === undefined || operation.requestedBy === requestedBy) &&
    (environment === undefined || operation.environments.includes(environment))
  );
}

/** The rows that were read, brought up to date by what the stream says; newest first. */
export function mergeOperations(
  read: readonly Operation[],
  live: Readonly<Record<string, Operation>>,
  filters: OperationFilters,
): Operation[] {
  const known = new Map(read.map(operation => [operation.id, operation]));
  const oldest = read.at(-1)?.createdAt ?? '';
  for (const operation of Object.values(live)) {
    const isNews = operation.createdAt >= oldest;
    if (isNews || known.has(operation.id)) known.set(operation.id, operation);
  }
  return [...known.values()]
    .filter(operation => matches(operation, filters))
    .sort(
      (a, b) =>
        b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id),
    );
}
