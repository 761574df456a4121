// SPDX-License-Identifier: Apache-2.0
/**
 * The same pages for apps on `@backstage/core-plugin-api`, the old frontend system.
 *
 * @packageDocumentation
 */
export {
  EntityModuleCard,
  EntityTenantCard,
  EntityTenantContent,
  MyTenantsCard,
  TenantsPage,
  tenantsPlugin,
} from './legacy/tenantsPlugin';
export {
  TenantClusterFieldExtension,
  TenantEnvironmentFieldExtension,
  TenantModulesFieldExtension,
  TenantNameFieldExtension,
  TenantTierFieldExtension,
} from './legacy/fieldExtensions';
export { isModuleEntity, isTenantEntity } from './legacy/entityTypes';
export type { EntityTenantPart } from './entity/EntityTenantContent';
export { TenantsIcon } from './TenantsIcon';
export { tenantsApiRef } from './api';
export { tenantsTranslationRef } from './translation';
