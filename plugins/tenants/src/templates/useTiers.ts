// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { TierList } from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../api';
import { problemText } from '../components/problemText';
import { useAnswer } from '../live/useAnswer';
import { useText } from '../useText';

/** The tiers and clusters that an environment can have, or why they are not known. */
export function useTiers(): {
  readonly value: TierList | undefined;
  readonly problemText: string | undefined;
} {
  const api = useApi(tenantsApiRef);
  const t = useText();
  const { value, problem } = useAnswer(
    signal => api.modules.listTiers({ signal }),
    'tiers',
  );
  return {
    value,
    problemText: problem && problemText(t, problem),
  };
}
