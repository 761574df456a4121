// SPDX-License-Identifier: Apache-2.0
import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { TenantsIcon } from '../TenantsIcon';
import { MODULES_TYPE, TENANTS_TYPE } from './searchDocuments';

const tenantHit = SearchResultListItemBlueprint.make({
  name: 'tenants',
  params: {
    icon: <TenantsIcon />,
    predicate: ({ type }) => type === TENANTS_TYPE,
    component: async () => (await import('./TenantHit')).TenantHit,
  },
});

const moduleHit = SearchResultListItemBlueprint.make({
  name: 'modules',
  params: {
    icon: <TenantsIcon />,
    predicate: ({ type }) => type === MODULES_TYPE,
    component: async () => (await import('./ModuleHit')).ModuleHit,
  },
});

const tenantType = SearchFilterResultTypeBlueprint.make({
  name: 'tenants',
  params: { value: TENANTS_TYPE, name: 'Tenants', icon: <TenantsIcon /> },
});

const moduleType = SearchFilterResultTypeBlueprint.make({
  name: 'modules',
  params: {
    value: MODULES_TYPE,
    name: 'Modules and runbooks',
    icon: <TenantsIcon />,
  },
});

/** How our documents look among the hits of the search, and the filters for them. */
export const searchExtensions = [tenantHit, moduleHit, tenantType, moduleType];
