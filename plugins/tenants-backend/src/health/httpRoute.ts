// SPDX-License-Identifier: Apache-2.0
import type { HttpRouteObject } from '../informers/objects';
import { conditionOf, type HealthContext } from './HealthCheck';
import { judgeTerminating } from './terminating';
import { because, healthy, type Verdict } from './Verdict';

/** Judges a route of the Gateway API: whether a gateway took it, and whether all it names is there. */
export function judgeHttpRoute(
  route: HttpRouteObject,
  _context: HealthContext,
  now: Date,
): Verdict {
  const leaving = judgeTerminating(route, now);
  if (leaving) return leaving;
  const accepted = conditionOf(route, 'Accepted');
  const resolved = conditionOf(route, 'ResolvedRefs');
  const wrong = [accepted, resolved].find(found => found?.status === 'False');
  if (wrong) {
    const text =
      wrong === accepted ? 'is accepted by no gateway' : 'leads nowhere';
    return {
      code: 'Degraded',
      reason: wrong.reason || `Not${wrong.type}`,
      message: `HTTPRoute ${route.name} ${text}${because(wrong.message)}.`,
      since: wrong.since,
    };
  }
  if (accepted?.status === 'True') return healthy('Current', accepted.since);
  return {
    code: 'Progressing',
    reason: 'NotAccepted',
    message: `No gateway has taken HTTPRoute ${route.name} yet.`,
    since: accepted?.since ?? route.createdAt,
  };
}
