// SPDX-License-Identifier: Apache-2.0
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import type { Translate } from '../../useText';

/** What a row says beside the word of its state: the reason, and what nobody knows of. Empty when all is well. Pure. */
export function rowHealthText(t: Translate, { health }: TenantRow): string {
  const unknown = health.counts.Unknown ?? 0;
  return [
    health.code === 'Healthy' ? '' : health.message || health.reason,
    unknown > 0 && health.code !== 'Unknown'
      ? t('health.unknownEnvironments', { count: unknown })
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Where a tenant is: its environments with their clusters. Pure. */
export function environmentsText({ environments }: TenantRow): string {
  return environments.map(e => `${e.name} ${e.cluster}`).join(' · ');
}
