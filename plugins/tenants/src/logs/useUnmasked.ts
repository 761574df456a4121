// SPDX-License-Identifier: Apache-2.0
import { logsReadUnmaskedPermission } from '@tenantry/backstage-plugin-tenants-common';
import { useState } from 'react';
import { useAllowedActions } from '../access/useAllowedActions';

/** Whether secrets are shown in logs. */
export type Unmasking = {
  readonly isAllowed: boolean;
  readonly isOn: boolean;
  readonly set: (on: boolean) => void;
};

/** Lets those with the right see secrets. Never part of an address: who opens a link must decide anew. */
export function useUnmasked(tenant: string): Unmasking {
  const rights = useAllowedActions(tenant, 'logs');
  const right = rights.explain(logsReadUnmaskedPermission.name);
  const isAllowed = right?.allowed === true;
  const [shownOf, setShownOf] = useState<string>();
  return {
    isAllowed,
    isOn: isAllowed && shownOf === tenant,
    set: on => setShownOf(on ? tenant : undefined),
  };
}
