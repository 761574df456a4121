// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Operation,
  Revision,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { tenantsApiRef } from '../../../api';
import type { Problem } from '../../../live/Live';
import { useAnswer } from '../../../live/useAnswer';
import { timelineEntries, type TimelineEntry } from './timelineEntries';

const NO_REVISIONS: readonly Revision[] = [];

/** What has happened to a tenant, newest first. */
export type TimelineAnswer = {
  readonly entries: readonly TimelineEntry[];
  /** Why it is not all. */
  readonly problem?: Problem;
  readonly retry: () => void;
};

/** Puts a tenant's operations and events together with its releases, which it reads. */
export function useTimelineEntries(
  { name, events }: Pick<Tenant, 'name' | 'events'>,
  operations: readonly Operation[],
): TimelineAnswer {
  const api = useApi(tenantsApiRef);
  // A revision comes with the end of an operation, and never changes.
  const ended = operations.filter(({ endedAt }) => endedAt !== undefined);
  const { value, problem, retry } = useAnswer(
    signal => api.operations.listRevisions(name, { signal }),
    `${name} ${ended.length}`,
  );
  const revisions = value?.items ?? NO_REVISIONS;
  const entries = useMemo(
    () => timelineEntries({ operations, revisions, events }),
    [operations, revisions, events],
  );
  return { entries, problem, retry };
}
