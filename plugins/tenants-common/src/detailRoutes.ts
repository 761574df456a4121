// SPDX-License-Identifier: Apache-2.0
import { tenantReadPermission } from './permissions';
import type { RouteRule } from './RouteRule';

/**
 * Routes about what is not kept in a tenant’s snapshot: asked for when somebody looks.
 *
 * @public
 */
export const detailRouteTable = {
  getUsage: {
    method: 'GET',
    path: '/v1/tenants/:tenant/usage',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user', 'service'],
    cost: 'expensive',
    purpose: 'CPU and memory in use, against requests and limits.',
  },
  getObject: {
    method: 'GET',
    path: '/v1/tenants/:tenant/objects/:kind/:namespace/:name',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user'],
    cost: 'expensive',
    purpose: 'One object of a tenant as YAML, with secrets masked.',
  },
  getNetwork: {
    method: 'GET',
    path: '/v1/tenants/:tenant/network',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'Who may reach whom, by the network policies.',
  },
} as const satisfies Record<string, RouteRule>;
