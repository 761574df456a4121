// SPDX-License-Identifier: Apache-2.0
import type { TenantDerivation } from '../../../../../plugins/tenants-backend/src/snapshots/TenantDerivation';

/** Bytes of the notes: tenants take them in turn. */
export const SIZES = [256, 512, 1024, 2048, 4096];
const NOTE = 'tenantry.dev/note';
const TENANT = 'tenantry.dev/tenant';

/** The metadata of a namespace whose tenant says a note. */
export function noteMetadata(tenant: string, note: string) {
  return { labels: { [TENANT]: tenant }, annotations: { [NOTE]: note } };
}

/** A tenancy that says of each tenant what a note of its namespace says, so that the size of a change can be chosen. */
export const noteDerivation: TenantDerivation = {
  tenantOf: (_, namespace) => namespace.labels[TENANT],
  derive(name, [{ namespaces }]) {
    const [{ labels, annotations }] = namespaces;
    const health = {
      code: 'Healthy' as const,
      reason: 'Healthy',
      message: annotations[NOTE],
      counts: { Healthy: 1 },
    };
    const none = { members: [], conditions: [], causes: [], events: [] };
    const tenant = { name, labels, health, environments: [], partial: [] };
    return { tenant: { ...tenant, ...none } };
  },
  toRow: ({ name, version, health }) => ({
    name,
    version,
    health,
    environments: [],
    modules: [],
    pods: { ready: 0, total: 0 },
    restarts: 0,
  }),
};
