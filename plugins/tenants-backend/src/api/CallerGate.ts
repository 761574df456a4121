// SPDX-License-Identifier: Apache-2.0
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  isTenantName,
  platformReadPermission,
  routeTable,
  VIEW_AS_HEADER,
  type RouteName,
  type RouteRule,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Request, Response } from 'express';
import type { Access } from '../access/Access';
import { toCaller, type Caller } from '../access/Caller';
import {
  TooManyRequestsError,
  type RequestLimits,
} from '../access/RequestLimits';
import type { ServiceGrant } from '../access/ServiceAccess';
import type { ViewAs } from '../access/ViewAs';
import type { AuditLog } from '../audit/AuditLog';

type CallerGateOptions = {
  readonly httpAuth: HttpAuthService;
  readonly access: Access;
  readonly limits: RequestLimits;
  readonly serviceAccess: readonly ServiceGrant[];
  readonly viewAs: Pick<ViewAs, 'readUser'>;
  readonly audit: Pick<AuditLog, 'require'>;
};

type Exchange = { readonly req: Request; readonly res: Response };

/** Finds out who calls, whether a route is for such callers, and whether they call too often. */
export class CallerGate {
  constructor(private readonly options: CallerGateOptions) {}

  /**
   * The caller of a route.
   *
   * @throws AuthenticationError without valid credentials
   * @throws NotAllowedError when the route is not for such a caller
   * @throws TooManyRequestsError
   */
  async admit(name: RouteName, { req, res }: Exchange): Promise<Caller> {
    const rule: RouteRule = routeTable[name];
    const credentials = await this.options.httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const caller = toCaller(credentials, req.headers.authorization);
    await this.limit(caller, rule, res);
    const allowed =
      credentials.principal.type === 'service'
        ? this.asService(caller, rule)
        : caller;
    const viewed = req.get(VIEW_AS_HEADER);
    if (viewed === undefined) return allowed;
    return this.asViewer(allowed, { name, viewed, req });
  }

  private async limit(
    caller: Caller,
    { cost }: RouteRule,
    res: Response,
  ): Promise<void> {
    if (cost === 'none') return;
    try {
      await this.options.limits.take(caller.id, cost);
    } catch (error) {
      if (error instanceof TooManyRequestsError) {
        res.set('Retry-After', String(error.retryAfterSeconds));
      }
      throw error;
    }
  }

  private asService(caller: Caller, rule: RouteRule): Caller {
    if (rule.callers.includes('service')) return caller;
    const grants = this.options.serviceAccess.filter(
      ({ subject }) => subject === caller.id,
    );
    const needed = rule.permission?.name ?? '';
    if (grants.some(({ permissions }) => permissions.includes(needed))) {
      return { ...caller, grants };
    }
    throw new NotAllowedError(
      `The service ${caller.id} may not do this: it needs an entry under tenants.serviceAccess with the permission ${needed}.`,
    );
  }

  /** Looking as somebody else is for platform engineers, shows no more than they see themselves, changes nothing, and leaves a trace. */
  private async asViewer(
    caller: Caller,
    look: {
      readonly name: RouteName;
      readonly viewed: string;
      readonly req: Request;
    },
  ): Promise<Caller> {
    const { access, viewAs, audit } = this.options;
    const { permission }: RouteRule = routeTable[look.name];
    if (caller.credentials.principal.type !== 'user') {
      throw new NotAllowedError('Only users can view as somebody else.');
    }
    await access.require(caller, platformReadPermission);
    const user = viewAs.readUser(look.viewed);
    if (permission?.attributes.action !== 'read') {
      throw new NotAllowedError(
        `You are viewing as ${user}, which changes nothing. Leave it to do this yourself.`,
      );
    }
    const { tenant = '' } = look.req.params;
    await audit.require({
      ...(isTenantName(tenant) && { tenant }),
      actor: caller.id,
      action: 'portal.view-as',
      outcome: 'allowed',
      detail: { user, route: look.name },
      request: look.req,
    });
    return { ...caller, viewsAs: user };
  }
}
