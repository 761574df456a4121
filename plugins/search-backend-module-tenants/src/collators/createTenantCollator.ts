// SPDX-License-Identifier: Apache-2.0
import { Readable } from 'node:stream';
import type { AuthService } from '@backstage/backend-plugin-api';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { tenantReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import type { TenantsService } from '@tenantry/backstage-plugin-tenants-node';
import { TENANTS_TYPE, toTenantDocument } from './TenantDocument';

export type CollatorOptions = {
  readonly tenants: Pick<TenantsService, 'list' | 'as'>;
  readonly auth: AuthService;
};

/** Collects a document per tenant. The permission is asked for each hit, so nobody finds what they may not read. */
export function createTenantCollator({
  tenants,
  auth,
}: CollatorOptions): DocumentCollatorFactory {
  async function* documents() {
    const credentials = await auth.getOwnServiceCredentials();
    yield* (await tenants.list({ credentials })).map(toTenantDocument);
  }
  return {
    type: TENANTS_TYPE,
    visibilityPermission: tenantReadPermission,
    getCollator: async () => Readable.from(documents()),
  };
}
