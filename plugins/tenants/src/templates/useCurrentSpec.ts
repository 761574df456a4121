// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { EnvironmentSpec } from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../api';
import type { Problem } from '../live/Live';
import { useAnswer } from '../live/useAnswer';

/** What an environment is wanted to be now; `isKnown` is false until that was answered. */
export function useCurrentSpec(
  tenant: string | undefined,
  environment: string | undefined,
): {
  readonly spec: EnvironmentSpec | undefined;
  readonly isKnown: boolean;
  readonly problem: Problem | undefined;
} {
  const api = useApi(tenantsApiRef);
  const { value, problem } = useAnswer(
    signal => api.operations.listRevisions(tenant ?? '', { signal }),
    tenant,
  );
  const current = value?.items.find(
    revision => revision.current && revision.environment === environment,
  );
  return { spec: current?.spec, isKnown: value !== undefined, problem };
}
