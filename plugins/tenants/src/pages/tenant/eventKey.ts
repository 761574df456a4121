// SPDX-License-Identifier: Apache-2.0
import type { TenantEvent } from '@tenantry/backstage-plugin-tenants-common';

/** Identifies a folded event. */
export function eventKey(event: TenantEvent): string {
  const { cluster, namespace, object, reason, message, type } = event;
  return [
    cluster,
    namespace,
    object.kind,
    object.name,
    type,
    reason,
    message,
  ].join('/');
}
