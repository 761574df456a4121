// SPDX-License-Identifier: Apache-2.0
import { MODULE_TABS, TENANT_TABS } from '../routes';

/** A page of ours: where it is, and what its first heading says. */
export type PageAddress = { readonly path: string; readonly heading: string };

/** Names of what {@link pageAddresses} shows. */
export type ShownNames = { readonly tenant: string; readonly module: string };

/** Every page and every tab, from the routes: a new tab is in the development app and in the tests by itself. */
export function pageAddresses(shown: ShownNames): readonly PageAddress[] {
  const { tenant, module } = shown;
  return [
    { path: '/tenants', heading: 'Tenants' },
    { path: '/tenants/modules', heading: 'Tenants' },
    { path: '/tenants/platform', heading: 'Tenants' },
    { path: '/tenants/operations', heading: 'Tenants' },
    ...TENANT_TABS.map(tab => ({
      path: `/tenants/t/${tenant}/${tab}`,
      heading: tenant,
    })),
    ...MODULE_TABS.map(tab => ({
      path: `/tenants/modules/m/${module}/${tab}`,
      heading: module,
    })),
  ];
}
