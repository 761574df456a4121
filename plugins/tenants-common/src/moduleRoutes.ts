// SPDX-License-Identifier: Apache-2.0
import {
  moduleReadPermission,
  secretWritePermission,
  tenantReadPermission,
} from './permissions';
import type { RouteRule } from './RouteRule';

/**
 * Routes about module definitions: what may run.
 *
 * @public
 */
export const moduleRouteTable = {
  listModules: {
    method: 'GET',
    path: '/v1/modules',
    permission: moduleReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose:
      'The module catalogue, with how many of the caller’s tenants run each.',
  },
  getModule: {
    method: 'GET',
    path: '/v1/modules/:module',
    permission: moduleReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'One module with its releases and parameters.',
  },
  listModuleInstances: {
    method: 'GET',
    path: '/v1/modules/:module/instances',
    permission: moduleReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'Which of the tenants the caller may see run which release.',
  },
  listTiers: {
    method: 'GET',
    path: '/v1/tiers',
    permission: moduleReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'The tiers with their quotas.',
  },
  listCategories: {
    method: 'GET',
    path: '/v1/categories',
    permission: moduleReadPermission,
    scope: 'none',
    callers: ['user', 'service'],
    cost: 'cheap',
    purpose: 'The shelves of the module catalogue.',
  },
} as const satisfies Record<string, RouteRule>;

/**
 * Routes about secrets: they can be set and never read.
 *
 * @public
 */
export const secretRouteTable = {
  listSecrets: {
    method: 'GET',
    path: '/v1/tenants/:tenant/secrets',
    permission: tenantReadPermission,
    scope: 'one',
    callers: ['user'],
    cost: 'expensive',
    purpose: 'Which secrets are set, when and by whom. Never their values.',
  },
  setSecret: {
    method: 'PUT',
    path: '/v1/tenants/:tenant/secrets/:secret',
    permission: secretWritePermission,
    scope: 'one',
    callers: ['user'],
    cost: 'expensive',
    purpose: 'Sets a secret of an environment.',
  },
} as const satisfies Record<string, RouteRule>;
