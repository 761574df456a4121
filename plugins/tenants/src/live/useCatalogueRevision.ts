// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  platformReadPermission,
  type TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { useLivePlatform, useLiveTenants } from './useLive';

/** What changes when a module, or who runs it and how, has changed. Pure. */
export function catalogueRevision(
  rows: readonly TenantRow[],
  definitions: readonly { readonly version?: string }[],
  module?: string,
): string {
  const running = rows.filter(
    ({ modules }) => module === undefined || modules.includes(module),
  );
  return [
    ...definitions.map(({ version }) => version ?? ''),
    ...running.map(({ name, version }) => `${name}@${version}`),
  ].join();
}

/** The present revision of a module, or of all; `undefined` until the stream has told of the tenants. */
export function useCatalogueRevision(module?: string): string | undefined {
  const { allowed } = usePermission({ permission: platformReadPermission });
  const { value } = useLiveTenants();
  const definitions = useLivePlatform(allowed).value?.definitions;
  return useMemo(
    () =>
      value &&
      catalogueRevision(
        Object.values(value.tenants),
        definitions ?? [],
        module,
      ),
    [value, definitions, module],
  );
}
