// SPDX-License-Identifier: Apache-2.0
import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The tenants list. @public */
export const rootRouteRef = createRouteRef();

/** Clusters and counts. @public */
export const platformRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/platform',
});

/** A tenant; the segment `t/` keeps names free. @public */
export const tenantRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/t/:tenant',
});

/** A part of a tenant. @public */
export const tenantTabRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/t/:tenant/:tab',
});

/** The parts of a tenant that have a page, in the order of the tabs. */
export const TENANT_TABS = [
  'overview',
  'workloads',
  'logs',
  'events',
  'quota',
  'members',
  'audit',
] as const;

/** One of {@link TENANT_TABS}. */
export type TenantTab = (typeof TENANT_TABS)[number];
