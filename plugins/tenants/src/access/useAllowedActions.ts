// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { AllowedActions } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { tenantsApiRef } from '../api';
import { useAnswer } from '../live/useAnswer';

/** Whether something is allowed, and if not, what is missing and who can grant it. */
export type Explained = AllowedActions['actions'][string];

/** What the user may do with a tenant, as far as that is known. */
export type Rights = {
  /** Not known yet; never for long, because a failure counts as not known for good. */
  readonly isLoading: boolean;
  /** `undefined` when nobody could say: then the answer to the request itself decides. */
  explain(permission: string): Explained | undefined;
};

/** Asks what the user may do with a tenant, and again whenever `occasion` is another one: rights come and go. */
export function useAllowedActions(
  tenant: string,
  occasion: string | undefined,
): Rights {
  const api = useApi(tenantsApiRef);
  const { value, problem } = useAnswer(
    signal => api.allowedActions(tenant, { signal }),
    occasion === undefined ? undefined : `${tenant}/${occasion}`,
  );
  return useMemo(
    () => ({
      isLoading: value === undefined && problem === undefined,
      explain: permission => value?.actions[permission],
    }),
    [value, problem],
  );
}
