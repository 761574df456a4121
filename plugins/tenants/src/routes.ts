// SPDX-License-Identifier: Apache-2.0
import {
  createExternalRouteRef,
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

/** The module catalogue. @public */
export const modulesRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/modules',
});

/** A module; the segment `m/` keeps names free. @public */
export const moduleRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/modules/m/:module',
});

/** A part of a module. @public */
export const moduleTabRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/modules/m/:module/:tab',
});

/** Operations of all tenants. @public */
export const operationsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/operations',
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

/** The form of a template; the portal's scaffolder unless the adopter says otherwise. @public */
export const templateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});

/** The parts of a tenant that have a page, in the order of the tabs. */
export const TENANT_TABS = [
  'overview',
  'modules',
  'workloads',
  'logs',
  'timeline',
  'events',
  'quota',
  'network',
  'operations',
  'members',
  'audit',
] as const;

/** One of {@link TENANT_TABS}. */
export type TenantTab = (typeof TENANT_TABS)[number];

/** The parts of a module that have a page, in the order of the tabs. */
export const MODULE_TABS = [
  'overview',
  'releases',
  'parameters',
  'runbook',
  'definition',
] as const;

/** One of {@link MODULE_TABS}. */
export type ModuleTab = (typeof MODULE_TABS)[number];
