// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import {
  routeTable,
  type RouteName,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Request, RequestHandler, Response } from 'express';
import { MissingPermissionError, type Access } from '../access/Access';
import type { Caller } from '../access/Caller';
import type { TenantDecision } from '../access/TenantDecision';
import type { TenantSnapshot } from '../snapshots/TenantSnapshot';
import type { CallerGate } from './CallerGate';
import { noSuchTenant } from './noSuchTenant';
import { RequestAccess } from './RequestAccess';
import type { RequestNeeds } from './requestNeeds';

type Table = typeof routeTable;
type NamesOf<Rule> = {
  [N in RouteName]: Table[N] extends Rule ? N : never;
}[RouteName];

/** Names of the routes that anybody may call. */
type OpenRoute = NamesOf<{ permission: undefined }>;
/** Names of the routes whose permission depends on no tenant. */
type PlainRoute = Exclude<NamesOf<{ scope: 'none' }>, OpenRoute>;

/** A request and its answer. */
export type Exchange = { readonly req: Request; readonly res: Response };
/** One whose caller is known and has been checked as the route’s row says. */
export type CheckedExchange = Exchange & { readonly caller: Caller };

type Handler<E> = (exchange: E) => Promise<void> | void;

/** A handler that cannot be reached without the checks of its row. Made by `RouteGuard` only. */
export class GuardedRoute<N extends RouteName> {
  /** @internal */
  constructor(readonly name: N, readonly handle: RequestHandler) {}
}

type RouteGuardOptions = {
  readonly callers: CallerGate;
  readonly access: Access;
  readonly tenantOf: (name: string) => TenantSnapshot | undefined;
};

/** Puts the checks of a route’s row before its handler: who calls, then whether that caller may. */
export class RouteGuard {
  private readonly requests: RequestAccess;

  constructor(private readonly options: RouteGuardOptions) {
    this.requests = new RequestAccess(options);
  }

  /** For a route that anybody may call. */
  open<N extends OpenRoute>(name: N, handler: Handler<Exchange>) {
    return guarded(name, handler);
  }

  /** For a route whose permission depends on no tenant. */
  plain<N extends PlainRoute>(name: N, handler: Handler<CheckedExchange>) {
    return guarded(name, async exchange => {
      const caller = await this.options.callers.admit(name, exchange);
      await this.options.access.require(caller, routeTable[name].permission);
      await handler({ ...exchange, caller });
    });
  }

  /** For a route that shows those tenants the caller may see. */
  each<N extends NamesOf<{ scope: 'each' }>>(
    name: N,
    handler: Handler<CheckedExchange & { readonly decision: TenantDecision }>,
  ) {
    return guarded(name, async exchange => {
      const caller = await this.options.callers.admit(name, exchange);
      const { permission } = routeTable[name];
      const decision = await this.options.access.decide(caller, permission);
      if (decision.deniesAll) throw new MissingPermissionError(permission);
      await handler({ ...exchange, caller, decision });
    });
  }

  /** For a route about the tenant in its path. */
  one<N extends NamesOf<{ scope: 'one' }>>(
    name: N,
    handler: Handler<CheckedExchange & { readonly snapshot: TenantSnapshot }>,
  ) {
    return guarded(name, async exchange => {
      const caller = await this.options.callers.admit(name, exchange);
      const tenant = exchange.req.params.tenant;
      const decision = await this.options.access.decide(
        caller,
        routeTable[name].permission,
      );
      const snapshot = this.options.tenantOf(tenant);
      if (!snapshot || !decision.allows(snapshot.facts)) {
        throw new NotFoundError(noSuchTenant(tenant));
      }
      await handler({ ...exchange, caller, snapshot });
    });
  }

  /**
   * For a route whose permission follows from its body, or from the operation in its path.
   *
   * @param read - Finds out what it takes, before anything is done; what it returns goes to the handler.
   */
  request<
    N extends NamesOf<{ scope: 'request' }>,
    R extends { readonly needs: RequestNeeds },
  >(
    name: N,
    read: (exchange: Exchange) => Promise<R> | R,
    handler: Handler<
      CheckedExchange & R & { readonly snapshot?: TenantSnapshot }
    >,
  ) {
    return guarded(name, async exchange => {
      const caller = await this.options.callers.admit(name, exchange);
      const about = await read(exchange);
      const snapshot = await this.requests.require(caller, about.needs);
      await handler({ ...exchange, ...about, caller, snapshot });
    });
  }

  /** For a route that checks each subscription of its body by itself. */
  subscriptions<N extends NamesOf<{ scope: 'subscriptions' }>>(
    name: N,
    handler: Handler<CheckedExchange>,
  ) {
    return guarded(name, async exchange => {
      const caller = await this.options.callers.admit(name, exchange);
      await handler({ ...exchange, caller });
    });
  }
}

function guarded<N extends RouteName>(
  name: N,
  handler: Handler<Exchange>,
): GuardedRoute<N> {
  return new GuardedRoute(name, async (req, res) => handler({ req, res }));
}
