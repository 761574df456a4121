// SPDX-License-Identifier: Apache-2.0
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_TENANT } from '@tenantry/backstage-plugin-tenants-common';
import {
  createTenantConditionalDecision,
  tenantConditions,
} from '@tenantry/backstage-plugin-tenants-node';
import { bothAllow } from './bothAllow';
import { decideDoor } from './doors';
import type { PolicyConfig } from './PolicyConfig';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/** Allows signed-in users what no policy forbids, as a portal without a policy does. */
const allowSignedIn: PermissionPolicy = {
  handle: async (_, user) => (user ? allow : deny),
};

/**
 * Who may see and do what with tenants: owners and members their own, the platform team all, guests none.
 * It also shuts the doors beside: tenant entities in the catalogue, the Kubernetes plugin’s own routes, and
 * other people’s template tasks. Everything else is left to the portal’s own policy.
 *
 * @public
 */
export class TenantsPolicy implements PermissionPolicy {
  /**
   * @param others - Decides about everything that is none of tenants’, and may forbid more at the doors beside.
   *   Left out, signed-in users may do it.
   */
  constructor(
    private readonly config: PolicyConfig,
    private readonly others: PermissionPolicy = allowSignedIn,
  ) {}

  /**
   * Decides one request: permissions named `tenants.…` by {@link TenantsPolicy.decide}; everything else as the other policy says,
   * but at the doors beside, the platform team apart, only what both allow.
   *
   * @returns DENY of `tenants.…` for callers that are not signed in
   */
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { permission } = request;
    if (permission.name.startsWith('tenants.')) {
      return user
        ? this.decide(permission, user.info.ownershipEntityRefs)
        : deny;
    }
    const theirs = await this.others.handle(request, user);
    if (!user || this.isPlatformTeam(user.info.ownershipEntityRefs)) {
      return theirs;
    }
    const { userEntityRef, ownershipEntityRefs: refs } = user.info;
    const ours = decideDoor(permission, { userEntityRef, refs });
    return ours ? bothAllow(ours, theirs) : theirs;
  }

  /**
   * What somebody with these entity references may do with tenants.
   *
   * @param permission - One of `tenants.…`; DENY for others.
   */
  decide(permission: Permission, refs: readonly string[]): PolicyDecision {
    const { guests, roles } = this.config;
    if (!permission.name.startsWith('tenants.')) return deny;
    if (this.isPlatformTeam(refs)) return allow;
    if (refs.some(ref => guests.includes(ref))) return deny;
    if (isResourcePermission(permission, RESOURCE_TYPE_TENANT)) {
      return this.decideTenant(permission, [...refs]);
    }
    return roles.user.includes(permission.name) ? allow : deny;
  }

  private decideTenant(
    permission: ResourcePermission<typeof RESOURCE_TYPE_TENANT>,
    refs: string[],
  ): PolicyDecision {
    const { viewers, roles } = this.config;
    const { owner, member, viewer } = roles;
    const isViewer = refs.some(ref => viewers.includes(ref));
    if (isViewer && viewer.includes(permission.name)) return allow;
    const ways = [
      ...(owner.includes(permission.name)
        ? [tenantConditions.isOwner({ refs })]
        : []),
      ...(member.includes(permission.name)
        ? [tenantConditions.isMember({ refs })]
        : []),
    ];
    const [first, ...more] = ways;
    if (!first) return deny;
    return createTenantConditionalDecision(permission, {
      anyOf: [first, ...more],
    });
  }

  private isPlatformTeam(refs: readonly string[]): boolean {
    return refs.some(ref => this.config.platformTeam.includes(ref));
  }
}
