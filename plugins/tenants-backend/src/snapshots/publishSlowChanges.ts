// SPDX-License-Identifier: Apache-2.0
import type { EventsService } from '@backstage/plugin-events-node';
import {
  TENANTS_CHANGED_TOPIC,
  type TenantsChangedPayload,
} from '@tenantry/backstage-plugin-tenants-node';
import { canonicalJson } from './contentVersion';
import type { TenantSnapshot } from './TenantSnapshot';
import type { TenantSnapshots } from './TenantSnapshots';

type PublishSlowChangesOptions = {
  readonly snapshots: TenantSnapshots;
  readonly events: EventsService;
  /** An event that could not be published; whoever listens also reads everything from time to time. */
  readonly onFailure: (tenant: string, error: unknown) => void;
};

/**
 * Tells other plugins when a tenant appears, goes, or changes its owner, tier, modules, clusters or environments, or where its modules
 * can be reached.
 *
 * One event is under way at a time, as each may be a request to an event bus; what changes meanwhile waits, once per tenant.
 * Returns the way to stop.
 */
export function publishSlowChanges(
  options: PublishSlowChangesOptions,
): () => void {
  const { snapshots, events, onFailure } = options;
  const waiting = new Map<string, TenantsChangedPayload>();
  let isPublishing = false;

  const publishWaiting = async () => {
    if (isPublishing) return;
    isPublishing = true;
    for (const [name, eventPayload] of waiting) {
      waiting.delete(name);
      try {
        await events.publish({ topic: TENANTS_CHANGED_TOPIC, eventPayload });
      } catch (error) {
        onFailure(name, error);
      }
    }
    isPublishing = false;
  };

  return snapshots.onChange(({ name, from, to }) => {
    const tenant = (to ?? from)?.row;
    if (!tenant || slowFacts(from) === slowFacts(to)) return;
    waiting.set(name, to ? { tenant } : { tenant, deleted: true });
    void publishWaiting();
  });
}

function slowFacts(snapshot: TenantSnapshot | undefined): string | undefined {
  if (!snapshot) return undefined;
  const { owner, tier, modules, environments, endpoints } = snapshot.row;
  const places = environments.map(({ name, cluster, state }) => [
    name,
    cluster,
    state,
  ]);
  return canonicalJson([owner, tier, modules, places, endpoints]);
}
