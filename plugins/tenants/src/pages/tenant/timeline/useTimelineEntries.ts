// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  Revision,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import type { Problem } from '../../../live/Live';
import { timelineEntries, type TimelineEntry } from './timelineEntries';
import type { RevisionsAnswer } from './useRevisions';

const NO_REVISIONS: readonly Revision[] = [];

/** What has happened to a tenant, newest first. */
export type TimelineAnswer = {
  readonly entries: readonly TimelineEntry[];
  /** Why it is not all. */
  readonly problem?: Problem;
  readonly retry: () => void;
};

/** Puts a tenant's operations and events together with its releases. */
export function useTimelineEntries(
  { events }: Pick<Tenant, 'events'>,
  operations: readonly Operation[],
  { value, problem, retry }: RevisionsAnswer,
): TimelineAnswer {
  const revisions = value?.items ?? NO_REVISIONS;
  const entries = useMemo(
    () => timelineEntries({ operations, revisions, events }),
    [operations, revisions, events],
  );
  return { entries, problem, retry };
}
