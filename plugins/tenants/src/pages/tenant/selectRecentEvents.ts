// SPDX-License-Identifier: Apache-2.0
import type { TenantEvent } from '@tenantry/backstage-plugin-tenants-common';

const MAX_EVENTS = 5;

/** What Kubernetes reports whenever a pod starts or a job runs. */
const ROUTINE_REASONS: ReadonlySet<string> = new Set([
  'Completed',
  'Created',
  'Pulled',
  'Pulling',
  'SawCompletedJob',
  'Scheduled',
  'Started',
  'SuccessfulCreate',
  'SuccessfulDelete',
]);

function isRoutine({ type, reason }: TenantEvent): boolean {
  return type === 'Normal' && ROUTINE_REASONS.has(reason);
}

/** The few events worth a look: warnings, then what else is no routine; routine only when there is nothing else. */
export function selectRecentEvents(
  events: readonly TenantEvent[],
): readonly TenantEvent[] {
  const notable = events.filter(event => !isRoutine(event));
  const chosen = notable.length > 0 ? notable : events;
  const warnings = chosen.filter(({ type }) => type === 'Warning');
  const others = chosen.filter(({ type }) => type === 'Normal');
  return [...warnings, ...others].slice(0, MAX_EVENTS);
}
