// SPDX-License-Identifier: Apache-2.0
import type {
  CategoryList,
  ModuleDetail,
  ModuleInstanceList,
  ModuleList,
  TierList,
} from '../modules';
import type { TenantsCallOptions } from './TenantsCallOptions';

/**
 * What may run: the module catalogue.
 *
 * @public
 */
export interface ModulesApi {
  /** Every module, with counts over the tenants the caller may see. */
  list(options?: TenantsCallOptions): Promise<ModuleList>;
  /** One module with its releases. @throws ResponseError 404 when there is none of that name. */
  get(module: string, options?: TenantsCallOptions): Promise<ModuleDetail>;
  /** Who runs which release, of the tenants the caller may see. @throws ResponseError 404 as {@link ModulesApi.get} does. */
  listInstances(
    module: string,
    options?: TenantsCallOptions,
  ): Promise<ModuleInstanceList>;
  /** The tiers that environments can have, and the clusters they can be made on. @throws ResponseError when the backend refuses or fails */
  listTiers(options?: TenantsCallOptions): Promise<TierList>;
  /** The shelves that modules are sorted into. @throws ResponseError when the backend refuses or fails */
  listCategories(options?: TenantsCallOptions): Promise<CategoryList>;
}
