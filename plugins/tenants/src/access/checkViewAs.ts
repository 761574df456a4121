// SPDX-License-Identifier: Apache-2.0
import type { TenantsApi } from '@tenantry/backstage-plugin-tenants-common';
import type { Problem } from '../live/Live';
import { problemOf } from '../live/problemOf';

/**
 * Whether the portal can be looked at as a user: `undefined` when it can.
 * That the user may not list tenants is an answer, not a failure: then that is what there is to see.
 */
export async function checkViewAs(
  api: Pick<TenantsApi, 'list'>,
  user: string,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  try {
    await api.list({ limit: 1 }, { viewAs: user, signal });
    return undefined;
  } catch (error) {
    const problem = problemOf(error);
    const isRefusal = problem.kind === 'http' && problem.status === 403;
    return isRefusal ? undefined : problem;
  }
}
