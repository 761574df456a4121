// SPDX-License-Identifier: Apache-2.0
import type { Metrics } from '../metrics/Metrics';
import type { RouteGuard } from './RouteGuard';

type MetricsRoutesOptions = {
  readonly guard: RouteGuard;
  readonly metrics: Metrics;
};

/** What a monitoring system scrapes. */
export function metricsRoutes({ guard, metrics }: MetricsRoutesOptions) {
  return {
    getMetrics: guard.plain('getMetrics', async ({ res }) => {
      res.set('Cache-Control', 'no-store');
      res.set('Content-Type', metrics.contentType);
      res.end(await metrics.render());
    }),
  };
}
