// SPDX-License-Identifier: Apache-2.0
import { detailRouteTable } from './detailRoutes';
import { moduleRouteTable, secretRouteTable } from './moduleRoutes';
import {
  auditReadPermission,
  logsReadPermission,
  platformReadPermission,
  tenantReadPermission,
} from './permissions';
import { operationRouteTable, planRouteTable } from './operationRoutes';
import type { RouteRule } from './RouteRule';

/**
 * Every route of the API. A route that has no row here cannot be mounted.
 *
 * @public
 */
export const routeTable = {
  health: {
    method: 'GET',
    path: '/v1/health',
    permission: undefined,
    scope: 'none',
    callers: [],
    cost: 'none',
    purpose: 'Says that the plugin is up.',
  },
  listTenants: {
    method: 'GET',
    path: '/v1/tenants',
    permission: tenantReadPermission,
    scope: 'each',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'Lists the tenants the caller may see.',
  },
  getTenant: {
    method: 'GET',
    path: '/v1/tenants/:tenant',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'One tenant with its workloads, pods, events and quota.',
  },
  getAllowedActions: {
    method: 'GET',
    path: '/v1/tenants/:tenant/allowed-actions',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user'],
    cost: 'cheap',
    purpose: 'What the caller may do with one tenant, and who grants the rest.',
  },
  getLogs: {
    method: 'GET',
    path: '/v1/tenants/:tenant/logs',
    permission: logsReadPermission,
    scope: 'one',
    callers: ['user'],
    cost: 'expensive',
    purpose: 'Logs of a tenant’s containers, merged, optionally followed.',
  },
  listMembers: {
    method: 'GET',
    path: '/v1/tenants/:tenant/members',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user'],
    cost: 'cheap',
    purpose: 'Who holds a role in a tenant’s namespaces, and by which binding.',
  },
  ...detailRouteTable,
  listAuditEvents: {
    method: 'GET',
    path: '/v1/tenants/:tenant/audit',
    permission: auditReadPermission,
    scope: 'one',
    callers: ['user'],
    cost: 'expensive',
    purpose: 'Who did and saw what in a tenant.',
  },
  getPlatform: {
    method: 'GET',
    path: '/v1/platform',
    permission: platformReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'Clusters with freshness and problems, counts by health.',
  },
  getOpenApi: {
    method: 'GET',
    path: '/v1/openapi.json',
    permission: platformReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'The description of this API.',
  },
  getMetrics: {
    method: 'GET',
    path: '/v1/metrics',
    permission: platformReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'Counters and gauges of this process, for Prometheus.',
  },
  ...moduleRouteTable,
  openStream: {
    method: 'POST',
    path: '/v1/stream',
    permission: tenantReadPermission,
    scope: 'subscriptions',
    callers: ['user'],
    cost: 'cheap',
    purpose: 'Live changes of what the body subscribes to.',
  },
  ...operationRouteTable,
  ...planRouteTable,
  ...secretRouteTable,
} as const satisfies Record<string, RouteRule>;

/**
 * Header by which a platform engineer looks at the portal as somebody else: an entity reference of a user.
 *
 * @public
 */
export const VIEW_AS_HEADER = 'X-Tenantry-View-As';

/** The name of a route: a key of {@link routeTable}. @public */
export type RouteName = keyof typeof routeTable;
