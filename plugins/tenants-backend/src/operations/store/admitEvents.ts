// SPDX-License-Identifier: Apache-2.0
import type { OperationEvent } from '@tenantry/backstage-plugin-tenants-common';

/** What is kept of an operation’s log. */
export const EVENT_LIMITS = {
  events: 10_000,
  bytes: 5 * 1024 * 1024,
  messageChars: 4_096,
} as const;

/** An event before it has its number and time. */
export type NewEvent = Pick<
  OperationEvent,
  'type' | 'level' | 'step' | 'message'
>;

/** How much of the log there is. */
export type EventCounts = {
  readonly lastEvent: number;
  readonly eventBytes: number;
  readonly dropped: boolean;
};

/** Those that are kept, numbered, and how much there is then. */
export type AdmittedEvents = EventCounts & {
  readonly rows: readonly (NewEvent & { readonly seq: number })[];
};

/** What tells a reader that lines are missing. */
const DROPPED: NewEvent = {
  type: 'dropped',
  level: 'warning',
  message:
    'The log of this operation is full; further lines are not kept. States and steps are.',
};

/**
 * Numbers events and keeps the log within its limits: once it is full one `dropped` event says so, and lines are no longer kept.
 * What changes a state or a step is kept always; their number is bounded by the number of steps and tries.
 */
export function admitEvents(
  before: EventCounts,
  events: readonly NewEvent[],
): AdmittedEvents {
  let { lastEvent, eventBytes, dropped } = before;
  const rows: (NewEvent & { seq: number })[] = [];
  const keep = (event: NewEvent) => {
    lastEvent += 1;
    eventBytes += Buffer.byteLength(event.message);
    rows.push({ ...event, seq: lastEvent });
  };
  for (const event of events.map(clean)) {
    const fits =
      lastEvent + 1 < EVENT_LIMITS.events &&
      eventBytes + Buffer.byteLength(event.message) <= EVENT_LIMITS.bytes;
    if (event.type !== 'log' || (fits && !dropped)) {
      keep(event);
    } else if (!dropped) {
      dropped = true;
      keep(DROPPED);
    }
  }
  return { rows, lastEvent, eventBytes, dropped };
}

function clean(event: NewEvent): NewEvent {
  return { ...event, message: cleanText(event.message) };
}

/** Text a database takes and a reader can bear: without NUL, of bounded length. */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').slice(0, EVENT_LIMITS.messageChars);
}
