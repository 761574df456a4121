// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Operation,
  Revision,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../../api';
import { useAnswer, type Answer } from '../../../live/useAnswer';

/** What a tenant's environments were, asked once for all parts of a page. */
export type RevisionsAnswer = Answer<{ readonly items: readonly Revision[] }>;

/** Reads the revisions of a tenant, again when one of its operations has ended: a revision comes with the end, and never changes. Waits for the operations. */
export function useRevisions(
  tenant: string,
  operations: readonly Operation[] | undefined,
): RevisionsAnswer {
  const api = useApi(tenantsApiRef);
  const ended = operations?.filter(({ endedAt }) => endedAt !== undefined);
  return useAnswer(
    signal => api.operations.listRevisions(tenant, { signal }),
    ended && `${tenant} ${ended.length}`,
  );
}
