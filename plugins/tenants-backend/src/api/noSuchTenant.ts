// SPDX-License-Identifier: Apache-2.0
import { isTenantName } from '@tenantry/backstage-plugin-tenants-common';

/** The one text for a tenant that is not there and for one that is hidden, so that nobody can tell which. */
export function noSuchTenant(name: string): string {
  const shown = isTenantName(name) ? name : JSON.stringify(name.slice(0, 80));
  return `There is no tenant ${shown}, or you may not see it.`;
}

/** The same for operations: those of hidden tenants are not there either. */
export function noSuchOperation(id: string): string {
  const shown = /^[a-z0-9-]{1,40}$/.test(id)
    ? id
    : JSON.stringify(id.slice(0, 40));
  return `There is no operation ${shown}, or you may not see it.`;
}
