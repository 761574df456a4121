// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  portalPermissions,
  tenantPermissions,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  defaultRolePermissions,
  TENANT_ROLES,
  type RolePermissions,
  type TenantRole,
} from './roles';

/**
 * Who is who for the policy.
 *
 * @public
 */
export type PolicyConfig = {
  /** Entity references of users and groups that may do everything with every tenant. */
  readonly platformTeam: readonly string[];
  /** Entity references of users and groups that see every tenant and may do what the role `viewer` may. */
  readonly viewers: readonly string[];
  /** Entity references of users that may do nothing. */
  readonly guests: readonly string[];
  readonly roles: RolePermissions;
};

const DEFAULT_GUESTS = ['user:default/guest', 'user:development/guest'];
const KEY = 'tenants.policy';

/**
 * Reads `tenants.policy`.
 *
 * @throws InputError that quotes the full key and says what is allowed
 * @public
 */
export function readPolicyConfig(root: Config): PolicyConfig {
  return {
    platformTeam: readRefs(root, `${KEY}.platformTeam`) ?? [],
    viewers: readRefs(root, `${KEY}.viewers`) ?? [],
    guests: readRefs(root, `${KEY}.guests`) ?? DEFAULT_GUESTS,
    roles: {
      owner: readRole(root, 'owner'),
      member: readRole(root, 'member'),
      viewer: readRole(root, 'viewer'),
      user: readRole(root, 'user'),
    },
  };
}

function readRole(root: Config, role: TenantRole): readonly string[] {
  const key = `${KEY}.roles.${role}`;
  const names = root.getOptionalStringArray(key);
  if (!names) return defaultRolePermissions[role];
  const allowed = (role === 'user' ? portalPermissions : tenantPermissions).map(
    ({ name }) => name,
  );
  for (const name of names) {
    if (!allowed.includes(name)) {
      throw new InputError(
        `The configuration key ${key} names ${JSON.stringify(
          name,
        )}, which no ${role} can have. Allowed: ${allowed.join(
          ', ',
        )}. The roles are ${TENANT_ROLES.join(', ')}.`,
      );
    }
  }
  return names;
}

function readRefs(root: Config, key: string): readonly string[] | undefined {
  return root.getOptionalStringArray(key)?.map(ref => {
    try {
      return stringifyEntityRef(parseEntityRef(ref));
    } catch {
      throw new InputError(
        `The configuration key ${key} names ${JSON.stringify(
          ref,
        )}, which is no entity reference such as group:default/platform-team.`,
      );
    }
  });
}
