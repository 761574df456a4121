// SPDX-License-Identifier: Apache-2.0
import { Readable } from 'node:stream';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { moduleReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import type { CollatorOptions } from './createTenantCollator';
import { MODULES_TYPE, toModuleDocuments } from './ModuleDocument';

/** Collects the modules and their runbooks, for those who may read module definitions. */
export function createModuleCollator({
  tenants,
  auth,
}: CollatorOptions): DocumentCollatorFactory {
  async function* documents() {
    const { modules } = tenants.as(await auth.getOwnServiceCredentials());
    for (const { name } of (await modules.list()).items) {
      yield* toModuleDocuments(await modules.get(name));
    }
  }
  return {
    type: MODULES_TYPE,
    visibilityPermission: moduleReadPermission,
    getCollator: async () => Readable.from(documents()),
  };
}
