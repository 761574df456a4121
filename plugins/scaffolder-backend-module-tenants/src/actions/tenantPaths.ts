// SPDX-License-Identifier: Apache-2.0
/** Where a tenant is found in the portal. */
export function tenantPage(tenant: string): string {
  return `/tenants/t/${encodeURIComponent(tenant)}`;
}

/** The tenant’s entity in the catalogue. */
export function tenantEntityRef(tenant: string): string {
  return `resource:default/${tenant}`;
}
