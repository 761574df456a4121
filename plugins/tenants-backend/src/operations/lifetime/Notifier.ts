// SPDX-License-Identifier: Apache-2.0

/** Something people are told about a tenant. */
export type TenantNotice = {
  /** Entity references; nobody is told when there are none. */
  readonly recipients: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly severity: 'critical' | 'high' | 'normal' | 'low';
  /** Path in the portal. */
  readonly link: string;
  /** The same incident: a later notice of it takes the place of the earlier one. */
  readonly scope: string;
};

/** Tells people something. Never throws: what cannot be told holds nothing up. */
export interface Notifier {
  notify(notice: TenantNotice): Promise<void>;
}

/** Where a tenant is shown. */
export function tenantLink(tenant: string): string {
  return `/tenants/t/${encodeURIComponent(tenant)}`;
}
