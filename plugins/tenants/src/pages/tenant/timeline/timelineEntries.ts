// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  Revision,
  TenantEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import { eventKey } from '../eventKey';

/** What stands on the time line, each in a lane of its own. */
export const LANES = ['operations', 'releases', 'events'] as const;

/** One of {@link LANES}. */
export type Lane = (typeof LANES)[number];

type Common = {
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly environments: readonly string[];
  /** What a search looks into. */
  readonly text: string;
};

/** Something that happened. */
export type TimelineEntry = Common &
  (
    | { readonly lane: 'operations'; readonly operation: Operation }
    | {
        readonly lane: 'releases';
        readonly revision: Revision;
        /** The one before; absent when it is the first, or not known any more. */
        readonly before?: Revision;
      }
    | { readonly lane: 'events'; readonly event: TenantEvent }
  );

/** Entries of one hour, newest first. */
export type TimelineHour = {
  /** Its beginning, in milliseconds since the epoch. */
  readonly hour: number;
  readonly entries: readonly TimelineEntry[];
};

const HOUR_MS = 3_600_000;

type Sources = {
  readonly operations: readonly Operation[];
  readonly revisions: readonly Revision[];
  readonly events: readonly TenantEvent[];
};

/** Puts everything on one axis, newest first. */
export function timelineEntries(sources: Sources): readonly TimelineEntry[] {
  const { operations, revisions, events } = sources;
  const entries: TimelineEntry[] = [
    ...operations.map(
      (operation): TimelineEntry => ({
        lane: 'operations',
        key: `operation/${operation.id}`,
        at: Date.parse(operation.startedAt ?? operation.createdAt),
        environments: operation.environments,
        text: `${operation.title} ${operation.requestedBy}`,
        operation,
      }),
    ),
    ...revisions.map(
      (revision): TimelineEntry => ({
        lane: 'releases',
        key: `revision/${revision.environment}/${revision.revision}`,
        at: Date.parse(revision.at),
        environments: [revision.environment],
        text: `${revision.title} ${revision.by}`,
        revision,
        before: revisions.find(
          ({ environment, revision: number }) =>
            environment === revision.environment &&
            number === revision.revision - 1,
        ),
      }),
    ),
    ...events.map(
      (event): TimelineEntry => ({
        lane: 'events',
        key: `event/${eventKey(event)}`,
        at: Date.parse(event.lastSeen),
        environments: [event.environment],
        text: `${event.reason} ${event.object.kind} ${event.object.name} ${event.message}`,
        event,
      }),
    ),
  ];
  return entries.sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1));
}

/** Groups entries that are in order. */
export function groupByHour(
  entries: readonly TimelineEntry[],
): readonly TimelineHour[] {
  const hours = new Map<number, TimelineEntry[]>();
  for (const entry of entries) {
    const hour = Math.floor(entry.at / HOUR_MS) * HOUR_MS;
    const known = hours.get(hour);
    if (known) known.push(entry);
    else hours.set(hour, [entry]);
  }
  return [...hours].map(([hour, of]) => ({ hour, entries: of }));
}
