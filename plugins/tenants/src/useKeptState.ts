// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { TenantsApi } from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useState, type Dispatch, type SetStateAction } from 'react';
import { tenantsApiRef } from './api';
import { usePlace } from './navigation';

/** What is open at one address. */
type Kept = { readonly place: string; readonly values: Map<string, unknown> };

// As long as the client lives, which is until the page is loaded anew.
const keptBy = new WeakMap<TenantsApi, Kept>();

function keptAt(api: TenantsApi, place: string): Kept {
  const known = keptBy.get(api);
  if (known?.place === place) return known;
  const kept: Kept = { place, values: new Map() };
  keptBy.set(api, kept);
  return kept;
}

/**
 * State that stays when the portal draws all pages anew, as it does when the system's colours change, and that is forgotten with
 * the next address. For what lies over a page and is in no address.
 *
 * @param name - unique among what is kept
 */
export function useKeptState<T>(
  name: string,
): [T | undefined, Dispatch<SetStateAction<T | undefined>>] {
  const api = useApi(tenantsApiRef);
  const place = usePlace();
  const [value, setValue] = useState(
    // Nobody else writes under this name.
    () => keptAt(api, place).values.get(name) as T | undefined,
  );
  useEffect(() => {
    keptAt(api, place).values.set(name, value);
  }, [api, place, name, value]);
  return [value, setValue];
}
