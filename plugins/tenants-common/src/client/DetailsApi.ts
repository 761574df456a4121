// SPDX-License-Identifier: Apache-2.0
import type { TenantNetwork } from '../network';
import type { ObjectRef, TenantObject } from '../tenantObject';
import type { TenantUsage } from '../usage';
import type { TenantsCallOptions } from './TenantsCallOptions';

/**
 * What is read of a tenant when somebody looks, and not followed.
 *
 * @public
 */
export interface DetailsApi {
  /** What workloads and pods use. Measured every 15 s at most. @throws ResponseError 404 when there is no such tenant or the caller may not see it. */
  usage(tenant: string, options?: TenantsCallOptions): Promise<TenantUsage>;
  /** One object, with secrets masked. @throws ResponseError 404 also when there is no such object. */
  object(
    tenant: string,
    ref: ObjectRef,
    options?: TenantsCallOptions,
  ): Promise<TenantObject>;
  /** Who may reach whom. @throws ResponseError 404 as {@link DetailsApi.usage} does. */
  network(tenant: string, options?: TenantsCallOptions): Promise<TenantNetwork>;
}
