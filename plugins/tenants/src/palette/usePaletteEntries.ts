// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  platformReadPermission,
  tenantCreatePermission,
  type TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { defaultFilter } from 'cmdk';
import { useMemo } from 'react';
import { useAllowedActions } from '../access/useAllowedActions';
import { tenantsApiRef } from '../api';
import { useAnswer } from '../live/useAnswer';
import { useLiveTenants } from '../live/useLive';
import { useLinks, useOpenTenant } from '../navigation';
import { permissionOf } from '../operations/Action';
import { useTemplateLinks } from '../templates/useTemplateLinks';
import { useTimeFormat } from '../times/useTimeFormat';
import { useText } from '../useText';
import type { PaletteEntry } from './PaletteEntry';
import { actionEntries, paletteEntries } from './paletteEntries';
import { searchEntries } from './searchEntries';

const NO_TENANTS: readonly TenantRow[] = [];
const NO_ENTRIES: readonly PaletteEntry[] = [];

/** What the palette shows of what was typed; `undefined` until the tenants are known. */
export function usePaletteEntries(
  typed: string,
): readonly PaletteEntry[] | undefined {
  const { tenants, entries, isKnown } = useEntries();
  const found = useMemo(
    () => searchEntries(entries, typed, defaultFilter),
    [entries, typed],
  );
  const actions = useActions(tenants, found);
  const all = useMemo(
    () => searchEntries([...actions, ...entries], typed, defaultFilter),
    [actions, entries, typed],
  );
  return isKnown ? all : undefined;
}

function useEntries() {
  const t = useText();
  const links = useLinks();
  const template = useTemplateLinks();
  const { modules } = useApi(tenantsApiRef);
  const live = useLiveTenants();
  const tenants = useMemo(
    () => (live.value ? Object.values(live.value.tenants) : NO_TENANTS),
    [live.value],
  );
  // Without the catalogue the modules are missing here, and nothing else.
  const list = useAnswer(signal => modules.list({ signal }), 'palette').value;
  const [times] = useTimeFormat();
  const mayPlatform = usePermission({
    permission: platformReadPermission,
  }).allowed;
  const mayCreate = usePermission({
    permission: tenantCreatePermission,
  }).allowed;
  const entries = useMemo(
    () =>
      paletteEntries({
        t,
        links,
        tenants,
        modules: list?.items ?? [],
        template,
        mayPlatform,
        mayCreate,
        times,
      }),
    [t, links, tenants, list, template, mayPlatform, mayCreate, times],
  );
  return { tenants, entries, isKnown: live.value !== undefined };
}

/** Actions of the tenant that is meant: the best fit, else the one whose page is open. Asked for by its rights, so not for all. */
function useActions(
  tenants: readonly TenantRow[],
  found: readonly PaletteEntry[],
): readonly PaletteEntry[] {
  const t = useText();
  const open = useOpenTenant();
  const best = found.find(({ id }) => id.startsWith('tenant/'));
  const name = open ?? best?.name;
  const row = tenants.find(tenant => tenant.name === name);
  const rights = useAllowedActions(name ?? '', row ? 'palette' : undefined);
  if (!row || rights.isLoading) return NO_ENTRIES;
  return actionEntries(
    t,
    row,
    action => rights.explain(permissionOf(action))?.allowed === true,
  );
}
