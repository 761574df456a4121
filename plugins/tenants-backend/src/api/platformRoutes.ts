// SPDX-License-Identifier: Apache-2.0
import type { PlatformSnapshots } from '../snapshots/PlatformSnapshots';
import { describeApi } from './describeApi';
import type { RouteGuard } from './RouteGuard';
import { setReadHeaders } from './sendBody';

type PlatformRoutesOptions = {
  readonly guard: RouteGuard;
  readonly platform: PlatformSnapshots;
  /** Version of this service. */
  readonly version: string;
};

/** The service itself: whether it is up, what it watches, what it offers. */
export function platformRoutes(options: PlatformRoutesOptions) {
  const { guard, platform, version } = options;
  const description = JSON.stringify(describeApi(version));
  return {
    health: guard.open('health', ({ res }) => {
      res.json({ status: 'ok' });
    }),

    getPlatform: guard.plain('getPlatform', exchange => {
      setReadHeaders(exchange);
      exchange.res.json(platform.status());
    }),

    getOpenApi: guard.plain('getOpenApi', exchange => {
      setReadHeaders(exchange);
      exchange.res.type('application/json').send(description);
    }),
  };
}
