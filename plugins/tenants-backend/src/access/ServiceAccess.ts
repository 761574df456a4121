// SPDX-License-Identifier: Apache-2.0
import type { Permission } from '@backstage/plugin-permission-common';
import { hashText } from '../snapshots/contentVersion';
import { denyAll, type TenantDecision } from './TenantDecision';

/** What one service may do beyond reading. */
export type ServiceGrant = {
  /** As the framework names it, such as `external:ci` or `plugin:scaffolder`. */
  readonly subject: string;
  /** Names of tenants; `*` for all. */
  readonly tenants: readonly string[];
  /** Names of permissions. */
  readonly permissions: readonly string[];
};

/** The grants of a subject for one permission, as a decision. */
export function decideByGrants(
  grants: readonly ServiceGrant[],
  permission: Permission,
): TenantDecision {
  const tenants = grants
    .filter(grant => grant.permissions.includes(permission.name))
    .flatMap(grant => grant.tenants);
  if (tenants.length === 0) return denyAll;
  const all = tenants.includes('*');
  return {
    id: hashText(`service ${[...tenants].sort().join(' ')}`),
    deniesAll: false,
    allows: tenant => all || tenants.includes(tenant.name),
    rules: [],
  };
}
