// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type { Permission } from '@backstage/plugin-permission-common';
import {
  operationPermissions,
  tenantCreatePermission,
  type OperationRequest,
} from '@tenantry/backstage-plugin-tenants-common';
import { noSuchTenant } from './noSuchTenant';

/** What a request takes, beside seeing the tenant it is about. */
export type RequestNeeds = {
  readonly tenant: string;
  /** On a tenant that exists; absent: seeing it is enough. */
  readonly permission?: Permission;
  /** Where there is no such tenant; absent: then only the platform team and `requestedBy` may. */
  readonly whenMissing?: Permission;
  /** Who asked for what the request is about, and may see it while the tenant is not there. */
  readonly requestedBy?: string;
  /** The one answer for what is not there and for what is hidden. */
  readonly notFound: () => Error;
};

/** What it takes to plan or start an operation. */
export function requestNeeds(
  tenant: string,
  request: OperationRequest,
): RequestNeeds {
  return {
    tenant,
    permission: operationPermissions[request.type],
    ...(createsTenants(request) ? { whenMissing: tenantCreatePermission } : {}),
    notFound: () => new NotFoundError(noSuchTenant(tenant)),
  };
}

/** Whether a request may be about a tenant that is not there yet. */
function createsTenants({ type }: OperationRequest): boolean {
  return type === 'apply' || type === 'adopt';
}
