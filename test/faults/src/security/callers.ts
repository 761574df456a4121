// SPDX-License-Identifier: Apache-2.0
import {
  defaultRolePermissions,
  type TenantRole,
} from '@tenantry/backstage-plugin-permission-backend-module-tenants';
import type { TokenName } from './TestPortal';

/** The tenant of the matrix: paul’s team owns it, mia is a member, ada’s team owns others. */
export const TENANT = 'payments-gateway';

/** Who calls, and what that one is to the tenant. */
export type MatrixCaller = {
  readonly name: string;
  readonly token?: TokenName;
  readonly is:
    | 'owner'
    | 'member'
    | 'stranger'
    | 'platform'
    | 'guest'
    | 'service'
    | 'limited service'
    | 'nobody';
};

export const matrixCallers: readonly MatrixCaller[] = [
  { name: 'owner', token: 'paul', is: 'owner' },
  { name: 'member', token: 'mia', is: 'member' },
  { name: 'owner of another tenant', token: 'ada', is: 'stranger' },
  { name: 'platform engineer', token: 'pia', is: 'platform' },
  { name: 'guest', token: 'guest', is: 'guest' },
  { name: 'unrestricted service', token: 'unrestricted', is: 'service' },
  { name: 'restricted service', token: 'restricted', is: 'limited service' },
  { name: 'nobody', is: 'nobody' },
  { name: 'expired token', token: 'expired', is: 'nobody' },
];

/** All that the token of the restricted service is for. */
const LIMITED_TO = 'tenants.platform.read';

function rolesOf({ is }: MatrixCaller): readonly TenantRole[] {
  if (is === 'owner') return ['owner', 'user'];
  if (is === 'member') return ['member', 'user'];
  return is === 'stranger' ? ['user'] : [];
}

/** Whether the caller has a permission: on the tenant, or in the portal. */
export function has(caller: MatrixCaller, permission: string): boolean {
  if (caller.is === 'platform' || caller.is === 'service') return true;
  if (caller.is === 'limited service') return permission === LIMITED_TO;
  return rolesOf(caller).some(role =>
    defaultRolePermissions[role].includes(permission),
  );
}

/** Whether it has a permission on any tenant at all. */
export function hasSomewhere(
  caller: MatrixCaller,
  permission: string,
): boolean {
  if (has(caller, permission)) return true;
  return (
    caller.is !== 'guest' &&
    isUser(caller) &&
    [
      ...defaultRolePermissions.owner,
      ...defaultRolePermissions.member,
    ].includes(permission)
  );
}

export function isUser({ is }: MatrixCaller): boolean {
  return !['service', 'limited service', 'nobody'].includes(is);
}
