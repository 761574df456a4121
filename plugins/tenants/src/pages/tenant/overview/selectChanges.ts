// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  Revision,
  TenantEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TimelineEntry } from '../timeline/timelineEntries';
import type { ContainerEnd } from './containerEnds';

/** Something worth knowing that happened to a tenant. */
export type Change = {
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
} & (
  | { readonly kind: 'operation'; readonly operation: Operation }
  | { readonly kind: 'release'; readonly revision: Revision }
  | {
      readonly kind: 'event';
      /** The newest of those that are equal. */
      readonly event: TenantEvent;
      readonly times: number;
    }
  | {
      readonly kind: 'end';
      /** The newest of those that are equal. */
      readonly end: ContainerEnd;
      /** Pods of one workload whose container ended alike. */
      readonly pods: number;
      /** How often they were started again, together. */
      readonly times: number;
    }
);

/** Enough to see what has changed; the timeline has all of it. */
const MAX_CHANGES = 5;
/** What somebody did has this much room, however much is being reported. */
const MIN_DONE = 2;

/** What Kubernetes reports whenever a pod starts or a job runs. */
const ROUTINE_REASONS: ReadonlySet<string> = new Set([
  'Completed',
  'Created',
  'ExternalProvisioning',
  'Killing',
  'LeaderElection',
  'Provisioning',
  'ProvisioningSucceeded',
  'Pulled',
  'Pulling',
  'SawCompletedJob',
  'Scheduled',
  'Started',
  'SuccessfulCreate',
  'SuccessfulDelete',
  'WaitForFirstConsumer',
]);
/** What is reported of a container beside its end. */
const OF_ENDS: ReadonlySet<string> = new Set(['BackOff', 'OOMKilling']);

function isRoutine({ type, reason }: TenantEvent): boolean {
  return type === 'Normal' && ROUTINE_REASONS.has(reason);
}

function place(event: TenantEvent): string {
  const { cluster, namespace, object } = event;
  return [cluster, namespace, object.kind, object.name].join('/');
}

/** Events of one object with one reason are equal, whatever numbers their messages hold. */
function foldEvents(events: readonly TenantEvent[]): Change[] {
  const folded = new Map<string, Extract<Change, { kind: 'event' }>>();
  for (const event of events) {
    const key = `event/${place(event)}/${event.type}/${event.reason}`;
    const known = folded.get(key);
    const at = Date.parse(event.lastSeen);
    const newest = known && known.at >= at ? known : { at, event };
    folded.set(key, {
      kind: 'event',
      key,
      at: newest.at,
      event: newest.event,
      times: (known?.times ?? 0) + event.count,
    });
  }
  return [...folded.values()];
}

/** Ends of one container of a workload for one reason are equal, in whichever of its pods. */
function foldEnds(ends: readonly ContainerEnd[]): Change[] {
  const folded = new Map<string, Extract<Change, { kind: 'end' }>>();
  for (const end of ends) {
    const { cluster, namespace, workload, container, reason, exitCode } = end;
    const of = [cluster, namespace, workload, container, reason, exitCode];
    const key = `end/${of.join('/')}`;
    const known = folded.get(key);
    const newest = known && known.at >= end.at ? known.end : end;
    folded.set(key, {
      kind: 'end',
      key,
      at: newest.at,
      end: newest,
      pods: (known?.pods ?? 0) + 1,
      times: (known?.times ?? 0) + end.restarts,
    });
  }
  return [...folded.values()];
}

/** What was done: operations, and releases that none of them made. */
function doneChanges(entries: readonly TimelineEntry[]): Change[] {
  const known = new Set(
    entries.flatMap(e => (e.lane === 'operations' ? [e.operation.id] : [])),
  );
  return entries.flatMap((entry): Change[] => {
    const { key, at } = entry;
    if (entry.lane === 'operations') {
      return [{ kind: 'operation', key, at, operation: entry.operation }];
    }
    if (entry.lane !== 'releases') return [];
    const { revision } = entry;
    if (known.has(revision.operation)) return [];
    return [{ kind: 'release', key, at, revision }];
  });
}

function newestFirst(changes: readonly Change[]): Change[] {
  return [...changes].sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1));
}

/**
 * The few things worth a look, newest first: what was done, and what was seen that is no routine.
 * Routine only when there is nothing else. Pure.
 */
export function selectChanges(
  entries: readonly TimelineEntry[],
  ends: readonly ContainerEnd[],
): readonly Change[] {
  const done = newestFirst(doneChanges(entries));
  const events = entries.flatMap(e => (e.lane === 'events' ? [e.event] : []));
  const ended = new Set(
    ends.map(end => [end.cluster, end.namespace, 'Pod', end.pod].join('/')),
  );
  const notable = events.filter(
    event =>
      !isRoutine(event) &&
      !(OF_ENDS.has(event.reason) && ended.has(place(event))),
  );
  const seen = newestFirst([...foldEvents(notable), ...foldEnds(ends)]);
  if (done.length + seen.length === 0) {
    return newestFirst(foldEvents(events)).slice(0, MAX_CHANGES);
  }
  const room = MAX_CHANGES - Math.min(MIN_DONE, done.length);
  const reported = seen.slice(0, room);
  return newestFirst([
    ...reported,
    ...done.slice(0, MAX_CHANGES - reported.length),
  ]);
}
