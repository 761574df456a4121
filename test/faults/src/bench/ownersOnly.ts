// SPDX-License-Identifier: Apache-2.0
import type {
  PermissionsService,
  PermissionsServiceRequestOptions,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  RESOURCE_TYPE_TENANT,
  tenantReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantConditionalDecision,
  tenantConditions,
} from '@tenantry/backstage-plugin-tenants-node';

function userOf(options?: PermissionsServiceRequestOptions): string {
  const principal =
    options && 'credentials' in options
      ? options.credentials.principal
      : undefined;
  const named =
    typeof principal === 'object' &&
    principal !== null &&
    'userEntityRef' in principal;
  return named ? String(principal.userEntityRef) : '';
}

function decide(permission: Permission, user: string): PolicyDecision {
  if (!isResourcePermission(permission, RESOURCE_TYPE_TENANT)) {
    return { result: AuthorizeResult.ALLOW };
  }
  return createTenantConditionalDecision(
    tenantReadPermission,
    tenantConditions.isOwner({ refs: [user] }),
  );
}

/** A policy under which everybody sees the tenants they own, and what belongs to no tenant. */
export const ownersOnly: PermissionsService = {
  authorize: async requests =>
    requests.map(({ permission }) => ({
      result: isResourcePermission(permission, RESOURCE_TYPE_TENANT)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    })),
  authorizeConditional: async (requests, options) =>
    requests.map(({ permission }) => decide(permission, userOf(options))),
};
