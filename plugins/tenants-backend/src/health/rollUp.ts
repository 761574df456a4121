// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES,
  worstHealthCode,
  type Health,
  type HealthCounts,
  type RollUp,
} from '@tenantry/backstage-plugin-tenants-common';

/** The state of something made of parts: the worst part’s words, and how many parts stand at each code. Does not depend on the order of the parts. */
export function rollUp(parts: readonly Readonly<Health>[]): RollUp {
  const code = worstHealthCode(parts.map(part => part.code));
  const counts = countCodes(parts);
  if (parts.length === 0) {
    return { code, reason: 'Empty', message: '', counts };
  }
  const decisive = parts.filter(part => part.code === code).sort(compareHealth);
  if (code === 'Healthy') {
    return withSince(
      { code, reason: 'Healthy', message: '', counts },
      latestSince(decisive),
    );
  }
  const [{ reason, message, since }] = decisive;
  return withSince({ code, reason, message, counts }, since);
}

/** Orders states worst first, then the one that began first, then by their words. */
export function compareHealth(
  a: Readonly<Health>,
  b: Readonly<Health>,
): number {
  return (
    HEALTH_CODES.indexOf(a.code) - HEALTH_CODES.indexOf(b.code) ||
    compareText(a.since ?? '~', b.since ?? '~') ||
    compareText(a.message, b.message) ||
    compareText(a.reason, b.reason)
  );
}

/** Orders text by code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function countCodes(parts: readonly Readonly<Health>[]): HealthCounts {
  const counts: HealthCounts = {};
  for (const code of HEALTH_CODES) {
    const number = parts.filter(part => part.code === code).length;
    if (number > 0) counts[code] = number;
  }
  return counts;
}

/** All is well since the last part became well; not known when one of them does not say. */
function latestSince(parts: readonly Readonly<Health>[]): string | undefined {
  const times = parts.map(part => part.since);
  return times.includes(undefined) ? undefined : times.sort().at(-1);
}

function withSince(state: RollUp, since: string | undefined): RollUp {
  return since === undefined ? state : { ...state, since };
}
