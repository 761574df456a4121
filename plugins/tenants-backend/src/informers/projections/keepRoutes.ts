// SPDX-License-Identifier: Apache-2.0
import type { IngressRoute } from '../objects';
import type { ProjectionContext } from './meta';

/** Routes kept of one object. */
const MAX_ROUTES = 50;
/** A longer path is nobody’s way in. */
const MAX_PATH = 256;

/** The routes of an object that are worth their memory. */
export function keepRoutes(
  routes: readonly IngressRoute[],
  { interner }: ProjectionContext,
): readonly IngressRoute[] {
  return routes
    .filter(({ path }) => path.length <= MAX_PATH)
    .slice(0, MAX_ROUTES)
    .map(({ host, path, tls, service }) => ({
      host: interner.textOrNone(host),
      path: interner.text(path),
      tls,
      service: interner.textOrNone(service),
    }));
}
