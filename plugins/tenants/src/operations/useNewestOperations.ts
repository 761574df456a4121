// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { tenantsApiRef } from '../api';
import { useAnswer } from '../live/useAnswer';
import { useLiveOperations } from '../live/useLive';
import { mergeOperations } from './operationFilters';

/** Operations that are read at the most; older ones are in the list of operations. */
const NEWEST = 200;

const NONE = {};

/** Whose operations, and whether the user may see them. */
export type NewestOperationsOptions = {
  /** Left out, those of all tenants. */
  readonly tenant?: string;
  readonly isAllowed: boolean;
};

/** The newest operations, live, newest first; `undefined` while nothing is known or the user may not know. */
export function useNewestOperations(
  options: NewestOperationsOptions,
): readonly Operation[] | undefined {
  const { tenant, isAllowed } = options;
  const { operations } = useApi(tenantsApiRef);
  const query = { limit: NEWEST };
  const { value, problem } = useAnswer(
    signal =>
      tenant === undefined
        ? operations.list(query, { signal })
        : operations.listOfTenant(tenant, query, { signal }),
    isAllowed ? `newest/${tenant ?? ''}` : undefined,
  );
  const live = useLiveOperations(tenant, isAllowed).value?.operations;
  // Who counts those that have ended must not take the first live ones for all there were.
  const isKnown = value !== undefined || (problem && live) !== undefined;
  return useMemo(
    () =>
      isKnown
        ? mergeOperations(value?.items ?? [], live ?? NONE, {})
        : undefined,
    [isKnown, value, live],
  );
}
