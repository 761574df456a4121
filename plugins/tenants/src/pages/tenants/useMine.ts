// SPDX-License-Identifier: Apache-2.0
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import { useCallback, useEffect, useState } from 'react';

/** Says which rows are the user's: those whose owner is the user or a group of the user in the catalogue. */
export function useMine(): (row: TenantRow) => boolean {
  const identity = useApi(identityApiRef);
  const [refs, setRefs] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    let gone = false;
    identity.getBackstageIdentity().then(
      me => {
        if (!gone) {
          const lower = me.ownershipEntityRefs.map(ref =>
            ref.toLocaleLowerCase('en-US'),
          );
          setRefs(new Set(lower));
        }
      },
      // Without an identity nothing is mine; the portal itself says that the session is over.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [identity]);
  return useCallback(
    row =>
      row.owner !== undefined && refs.has(row.owner.toLocaleLowerCase('en-US')),
    [refs],
  );
}
