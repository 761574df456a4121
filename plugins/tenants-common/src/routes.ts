// SPDX-License-Identifier: Apache-2.0
import type { Permission } from '@backstage/plugin-permission-common';
import {
  logsReadPermission,
  platformReadPermission,
  tenantReadPermission,
} from './permissions';

/**
 * One row of the table that the checks, the documentation and the permission tests are made from.
 *
 * @public
 */
export type RouteRule = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** `undefined` only for the health route, which tells nothing about tenants. */
  readonly permission: Permission | undefined;
  /** `each`: filtered per tenant · `one`: the tenant in the path · `subscriptions`: each subscription is checked by its kind. */
  readonly scope: 'none' | 'one' | 'each' | 'subscriptions';
  /** Backstage allows services everything without asking the policy, so what streams or reads logs is for users only. */
  readonly callers: readonly ('user' | 'service')[];
  readonly purpose: string;
};

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
    purpose: 'Says that the plugin is up.',
  },
  listTenants: {
    method: 'GET',
    path: '/v1/tenants',
    permission: tenantReadPermission,
    scope: 'each',
    callers: ['user', 'service'],
    purpose: 'Lists the tenants the caller may see.',
  },
  getTenant: {
    method: 'GET',
    path: '/v1/tenants/:tenant',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user', 'service'],
    purpose: 'One tenant with its workloads, pods, events and quota.',
  },
  getAllowedActions: {
    method: 'GET',
    path: '/v1/tenants/:tenant/allowed-actions',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user'],
    purpose: 'What the caller may do with one tenant, and who grants the rest.',
  },
  getLogs: {
    method: 'GET',
    path: '/v1/tenants/:tenant/logs',
    permission: logsReadPermission,
    scope: 'one',
    callers: ['user'],
    purpose: 'Logs of a tenant’s containers, merged, optionally followed.',
  },
  getPlatform: {
    method: 'GET',
    path: '/v1/platform',
    permission: platformReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    purpose: 'Clusters with freshness and problems, counts by health.',
  },
  getOpenApi: {
    method: 'GET',
    path: '/v1/openapi.json',
    permission: platformReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    purpose: 'The description of this API.',
  },
  openStream: {
    method: 'POST',
    path: '/v1/stream',
    permission: tenantReadPermission,
    scope: 'subscriptions',
    callers: ['user'],
    purpose: 'Live changes of what the body subscribes to.',
  },
} as const satisfies Record<string, RouteRule>;

/** @public */
export type RouteName = keyof typeof routeTable;
