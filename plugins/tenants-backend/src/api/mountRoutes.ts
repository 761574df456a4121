// SPDX-License-Identifier: Apache-2.0
import {
  routeTable,
  type RouteName,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Router } from 'express';
import type { GuardedRoute } from './RouteGuard';

/** A guarded handler for every row of the table. A row without one, or one without a row, does not compile. */
type RouteHandlers = { readonly [N in RouteName]: GuardedRoute<N> };

/** Mounts every route of the table. */
export function mountRoutes(router: Router, handlers: RouteHandlers): void {
  for (const { name, handle } of Object.values(handlers)) {
    const { method, path } = routeTable[name];
    if (method === 'GET') router.get(path, handle);
    else router.post(path, handle);
  }
}
