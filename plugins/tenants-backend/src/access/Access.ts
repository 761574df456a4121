// SPDX-License-Identifier: Apache-2.0
import type {
  AuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_TENANT } from '@tenantry/backstage-plugin-tenants-common';
import type { Clock } from '../time/Clock';
import type { Caller } from './Caller';
import { DECISION_LIMITS, DecisionCache } from './DecisionCache';
import { decideByGrants } from './ServiceAccess';
import {
  bothAllow,
  toTenantDecision,
  type ConditionTransformer,
  type TenantDecision,
} from './TenantDecision';
import type { ViewAs } from './ViewAs';

/** What must allow as well, after the policy: it can take away, never give. */
export interface SecondGate {
  /** @param allowed - What has been allowed so far. */
  decide(
    caller: Caller,
    permission: Permission,
    allowed: TenantDecision,
  ): Promise<TenantDecision>;
}

type AccessOptions = {
  readonly permissions: PermissionsService;
  readonly auth: Pick<AuthService, 'isPrincipal'>;
  readonly transform: ConditionTransformer;
  readonly clock: Pick<Clock, 'now'>;
  /** Left out, nobody can look at the portal as somebody else. */
  readonly viewAs?: Pick<ViewAs, 'decide'>;
  readonly secondGate?: SecondGate;
};

/** A refusal that names the permission the caller lacks. */
export class MissingPermissionError extends NotAllowedError {
  constructor(permission: Permission) {
    super(
      `You lack the permission ${permission.name}. Ask the portal’s administrators for it.`,
    );
  }
}

/** Asks the portal’s policy what a caller may do. Conditions are fetched once and evaluated in memory. */
export class Access {
  private readonly cache: DecisionCache<TenantDecision>;

  constructor(private readonly options: AccessOptions) {
    this.cache = new DecisionCache(options.clock);
  }

  /**
   * What the policy says about a permission, to be asked for any tenant.
   *
   * @param maxAgeMs - How old the policy’s answer may be; 10 s when left out.
   * @throws NotAllowedError for callers that are neither a user nor a service
   */
  async decide(
    caller: Caller,
    permission: Permission,
    maxAgeMs?: number,
  ): Promise<TenantDecision> {
    if (this.options.auth.isPrincipal(caller.credentials, 'none')) {
      throw new NotAllowedError('Sign in to see tenants.');
    }
    const key = [caller.id, caller.tokenHash, permission.name].join(' ');
    const own = await this.cache.get(
      key,
      () => this.ask(caller, permission),
      maxAgeMs,
    );
    return this.narrow(caller, permission, own);
  }

  /** The same, asked of the policy now: for answers that last, which must not add the age of a decision to the time between two checks. */
  decideAgain(caller: Caller, permission: Permission): Promise<TenantDecision> {
    return this.decide(caller, permission, DECISION_LIMITS.recheckedMs);
  }

  /** Requires a permission that depends on no tenant. @throws MissingPermissionError */
  async require(caller: Caller, permission: Permission): Promise<void> {
    const decision = await this.decide(caller, permission);
    if (decision.deniesAll) throw new MissingPermissionError(permission);
  }

  private async narrow(
    caller: Caller,
    permission: Permission,
    own: TenantDecision,
  ): Promise<TenantDecision> {
    const { viewAs, secondGate } = this.options;
    let decision = own;
    if (caller.grants) {
      decision = bothAllow(decision, decideByGrants(caller.grants, permission));
    }
    if (caller.viewsAs !== undefined) {
      if (!viewAs) throw new NotAllowedError('Nobody can view as others here.');
      const theirs = await viewAs.decide(caller.viewsAs, permission);
      decision = bothAllow(decision, theirs);
    }
    if (!secondGate || decision.deniesAll) return decision;
    return secondGate.decide(caller, permission, decision);
  }

  private async ask(
    { credentials }: Caller,
    permission: Permission,
  ): Promise<TenantDecision> {
    const { permissions, transform } = this.options;
    if (isResourcePermission(permission, RESOURCE_TYPE_TENANT)) {
      const [decision] = await permissions.authorizeConditional(
        [{ permission }],
        { credentials },
      );
      return toTenantDecision(decision, transform);
    }
    if (isResourcePermission(permission)) {
      throw new Error(`${permission.name} is not a permission on tenants.`);
    }
    const [{ result }] = await permissions.authorize([{ permission }], {
      credentials,
    });
    return toTenantDecision(
      {
        result:
          result === AuthorizeResult.ALLOW ? result : AuthorizeResult.DENY,
      },
      transform,
    );
  }
}
