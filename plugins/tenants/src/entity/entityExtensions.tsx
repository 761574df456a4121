// SPDX-License-Identifier: Apache-2.0
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { TenantsIcon } from '../TenantsIcon';

const TENANT_ENTITY = { kind: 'resource', 'spec.type': 'tenant' };
const MODULE_ENTITY = { kind: 'component', 'spec.type': 'tenant-module' };

const healthCard = EntityCardBlueprint.make({
  name: 'health',
  params: {
    type: 'info',
    filter: TENANT_ENTITY,
    loader: () =>
      import('./EntityTenantCard').then(m => <m.EntityTenantCard />),
  },
});

const moduleCard = EntityCardBlueprint.make({
  name: 'module',
  params: {
    type: 'content',
    filter: MODULE_ENTITY,
    loader: () =>
      import('./EntityModuleCard').then(m => <m.EntityModuleCard />),
  },
});

const overviewContent = EntityContentBlueprint.make({
  name: 'overview',
  params: {
    path: '/tenant',
    title: 'Tenant',
    group: 'operation',
    icon: <TenantsIcon />,
    filter: TENANT_ENTITY,
    loader: () =>
      import('./EntityTenantContent').then(m => <m.EntityTenantContent />),
  },
});

const modulesContent = EntityContentBlueprint.make({
  name: 'modules',
  params: {
    path: '/tenant-modules',
    title: 'Modules',
    group: 'deployment',
    icon: <TenantsIcon />,
    filter: TENANT_ENTITY,
    loader: () =>
      import('./EntityTenantContent').then(m => (
        <m.EntityTenantContent part="modules" />
      )),
  },
});

const operationsContent = EntityContentBlueprint.make({
  name: 'operations',
  params: {
    path: '/tenant-operations',
    title: 'Operations',
    group: 'operation',
    icon: <TenantsIcon />,
    filter: TENANT_ENTITY,
    loader: () =>
      import('./EntityTenantContent').then(m => (
        <m.EntityTenantContent part="operations" />
      )),
  },
});

const logsContent = EntityContentBlueprint.make({
  name: 'logs',
  params: {
    path: '/tenant-logs',
    title: 'Logs',
    group: 'observability',
    icon: <TenantsIcon />,
    filter: TENANT_ENTITY,
    loader: () =>
      import('./EntityTenantContent').then(m => (
        <m.EntityTenantContent part="logs" />
      )),
  },
});

const quotaContent = EntityContentBlueprint.make({
  name: 'quota',
  params: {
    path: '/tenant-quota',
    title: 'Quota',
    group: 'operation',
    icon: <TenantsIcon />,
    filter: TENANT_ENTITY,
    loader: () =>
      import('./EntityTenantContent').then(m => (
        <m.EntityTenantContent part="quota" />
      )),
  },
});

/** What the catalogue's entity pages show of tenants and modules. */
export const entityExtensions = [
  healthCard,
  moduleCard,
  overviewContent,
  modulesContent,
  operationsContent,
  logsContent,
  quotaContent,
];
