// SPDX-License-Identifier: Apache-2.0
import { platformReadPermission, tenantReadPermission } from './permissions';
import type { RouteRule } from './RouteRule';

/**
 * The route that says what would happen.
 *
 * @public
 */
export const planRouteTable = {
  makePlan: {
    method: 'POST',
    path: '/v1/plan',
    permission: tenantReadPermission,
    scope: 'request',
    callers: ['user'],
    cost: 'expensive',
    purpose:
      'What an operation would do. Changes nothing; needs the permission of the operation.',
  },
} as const satisfies Record<string, RouteRule>;

/**
 * Routes about operations: everything that changes a cluster.
 *
 * @public
 */
export const operationRouteTable = {
  startOperation: {
    method: 'POST',
    path: '/v1/tenants/:tenant/operations',
    permission: tenantReadPermission,
    scope: 'request',
    callers: ['user'],
    cost: 'expensive',
    purpose: 'Starts an operation.',
  },
  listTenantOperations: {
    method: 'GET',
    path: '/v1/tenants/:tenant/operations',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user', 'service'],
    cost: 'expensive',
    purpose: 'What was and is done to a tenant.',
  },
  listRevisions: {
    method: 'GET',
    path: '/v1/tenants/:tenant/revisions',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user', 'service'],
    cost: 'expensive',
    purpose: 'What a tenant’s environments were after each operation.',
  },
  listOperations: {
    method: 'GET',
    path: '/v1/operations',
    permission: platformReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    cost: 'expensive',
    purpose: 'Operations of all tenants.',
  },
  getOperation: {
    method: 'GET',
    path: '/v1/operations/:operation',
    permission: tenantReadPermission,
    scope: 'request',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'One operation with its steps.',
  },
  listOperationEvents: {
    method: 'GET',
    path: '/v1/operations/:operation/events',
    permission: tenantReadPermission,
    scope: 'request',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'The log of one operation, from a sequence number on.',
  },
  cancelOperation: {
    method: 'POST',
    path: '/v1/operations/:operation/cancel',
    permission: tenantReadPermission,
    scope: 'request',
    callers: ['user'],
    cost: 'expensive',
    purpose: 'Asks an operation to stop.',
  },
  retryOperation: {
    method: 'POST',
    path: '/v1/operations/:operation/retry',
    permission: tenantReadPermission,
    scope: 'request',
    callers: ['user'],
    cost: 'expensive',
    purpose: 'Starts a failed operation again, as a new one.',
  },
} as const satisfies Record<string, RouteRule>;
