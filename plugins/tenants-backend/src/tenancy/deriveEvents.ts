// SPDX-License-Identifier: Apache-2.0
import type { TenantEvent } from '@tenantry/backstage-plugin-tenants-common';
import { compareText } from '../health';
import type { EventObject } from '../informers/objects';

/** How many events a tenant carries. */
export const MAX_TENANT_EVENTS = 50;

/** Longest message of an event. Who may write events may write long ones; the API server sets no limit. */
const MAX_EVENT_MESSAGE = 1_024;

/** Events of one environment. */
export type EventSource = {
  readonly environment: string;
  readonly cluster: string;
  readonly events: readonly EventObject[];
};

/** What is added up while folding; an entry is only written for those that are kept. */
type Fold = {
  readonly event: EventObject;
  readonly source: EventSource;
  isWarning: boolean;
  count: number;
  firstSeen: string;
  lastSeen: string;
};

/** Folds the events of one object with one reason and message into one; newest first, bounded. */
export function deriveEvents(
  sources: readonly EventSource[],
  limit: number = MAX_TENANT_EVENTS,
): TenantEvent[] {
  const folds = new Map<string, Fold>();
  for (const source of sources) {
    for (const event of source.events) {
      const key = keyOf(event, source);
      const known = folds.get(key);
      if (known) addTo(known, event);
      else folds.set(key, startOf(event, source));
    }
  }
  return [...folds]
    .sort(
      ([a, x], [b, y]) =>
        compareText(y.lastSeen, x.lastSeen) || compareText(a, b),
    )
    .slice(0, limit)
    .map(([, fold]) => entryOf(fold));
}

function startOf(event: EventObject, source: EventSource): Fold {
  const lastSeen = event.lastSeen || event.createdAt;
  return {
    event,
    source,
    isWarning: event.type === 'Warning',
    count: Math.max(1, event.count),
    firstSeen: event.firstSeen || lastSeen,
    lastSeen,
  };
}

function addTo(fold: Fold, event: EventObject): void {
  const lastSeen = event.lastSeen || event.createdAt;
  const firstSeen = event.firstSeen || lastSeen;
  fold.isWarning ||= event.type === 'Warning';
  fold.count += Math.max(1, event.count);
  if (firstSeen < fold.firstSeen) fold.firstSeen = firstSeen;
  if (lastSeen > fold.lastSeen) fold.lastSeen = lastSeen;
}

function entryOf(fold: Fold): TenantEvent {
  const { event, source, isWarning, count, firstSeen, lastSeen } = fold;
  const { namespace, reason, regarding } = event;
  return {
    environment: source.environment,
    cluster: source.cluster,
    namespace,
    type: isWarning ? 'Warning' : 'Normal',
    reason,
    message: event.message.slice(0, MAX_EVENT_MESSAGE),
    object: { kind: regarding.kind, name: regarding.name },
    count,
    firstSeen,
    lastSeen,
  };
}

/** The message stands last because it alone may hold the separator. */
function keyOf(event: EventObject, { cluster }: EventSource): string {
  const { namespace, regarding, reason, message } = event;
  return `${cluster}\n${namespace}\n${regarding.kind}\n${regarding.name}\n${reason}\n${message}`;
}
