// SPDX-License-Identifier: Apache-2.0
import { performance } from 'node:perf_hooks';
import type { Clock } from '../../../../plugins/tenants-backend/src/time/Clock';

type Scale = {
  /** How much faster than real time it runs. Default 1. */
  readonly speed?: number;
  /** How far it is off. Default 0. */
  readonly offsetMs?: number;
};

/** A clock that shortens every limit of the product alike, or is wrong. Limits of the HTTP client and the server keep real time. */
export function scaledClock({ speed = 1, offsetMs = 0 }: Scale = {}): Clock {
  const startedAt = Date.now() + offsetMs;
  const startedTicks = performance.now();
  return {
    now: () =>
      Math.round(startedAt + (performance.now() - startedTicks) * speed),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs / speed);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
