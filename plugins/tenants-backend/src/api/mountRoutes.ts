// SPDX-License-Identifier: Apache-2.0
import {
  routeTable,
  type RouteName,
} from '@tenantry/backstage-plugin-tenants-common';
import type { RequestHandler, Router } from 'express';
import type { GuardedRoute } from './RouteGuard';

/** A guarded handler for every row of the table. A row without one, or one without a row, does not compile. */
type RouteHandlers = { readonly [N in RouteName]: GuardedRoute<N> };

/** Puts something around the handler of a route. */
type Wrap = (name: RouteName, handle: RequestHandler) => RequestHandler;

/** Mounts every route of the table. */
export function mountRoutes(
  router: Router,
  handlers: RouteHandlers,
  wrap: Wrap = (_name, handle) => handle,
): void {
  for (const { name, handle } of Object.values(handlers)) {
    const { method, path } = routeTable[name];
    const wrapped = wrap(name, handle);
    if (method === 'GET') router.get(path, wrapped);
    else if (method === 'PUT') router.put(path, wrapped);
    else router.post(path, wrapped);
  }
}
