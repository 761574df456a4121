// SPDX-License-Identifier: Apache-2.0
import { HEALTH_CODES } from '@tenantry/backstage-plugin-tenants-common';
import type { Counter } from 'prom-client';
import type { Clusters, ClusterView } from '../informers/Lister';
import { countByHealth } from '../snapshots/selectRows';
import type { TenantSnapshots } from '../snapshots/TenantSnapshots';
import type { Clock } from '../time/Clock';
import type { Instruments } from './createInstruments';

/** What is only looked at when somebody asks for the metrics. */
export type MeasuredState = {
  readonly clusters: Clusters;
  readonly snapshots: TenantSnapshots;
  readonly clock: Pick<Clock, 'now'>;
};

/** Writes the present state into the instruments. What is gone, such as a cluster that was removed, is no longer in them. */
export function recordState(
  instruments: Instruments,
  { clusters, snapshots, clock }: MeasuredState,
): void {
  const { objects, silence, synced, tenants } = instruments;
  const { events, relists, unreadable, disconnects } = instruments;
  for (const gauge of [objects, silence, synced]) gauge.reset();
  for (const total of [events, relists, unreadable, disconnects]) {
    total.reset();
  }
  const now = clock.now();
  for (const view of clusters.list()) recordCluster(instruments, view, now);
  const counts = countByHealth(snapshots.all());
  for (const code of HEALTH_CODES) tenants.set({ code }, counts[code] ?? 0);
  const { versions, derivations, failures } = snapshots.totals;
  setTotal(instruments.versions, versions);
  setTotal(instruments.derivations, derivations);
  setTotal(instruments.derivationFailures, failures);
}

function recordCluster(
  instruments: Instruments,
  view: ClusterView,
  now: number,
): void {
  const cluster = view.name;
  instruments.synced.set({ cluster }, view.freshness === 'synced' ? 1 : 0);
  for (const measure of view.measures?.() ?? []) {
    const of = { cluster, kind: measure.kind };
    instruments.objects.set(of, measure.objects);
    instruments.events.inc(of, measure.events);
    instruments.relists.inc(of, measure.lists);
    instruments.unreadable.inc(of, measure.unreadable);
    instruments.disconnects.inc(of, measure.disconnects);
    if (measure.heardAt === undefined) continue;
    instruments.silence.set(of, Math.max(0, now - measure.heardAt) / 1_000);
  }
}

/** The total is kept elsewhere; a counter can only be added to. */
function setTotal(counter: Counter<never>, total: number): void {
  counter.reset();
  counter.inc(total);
}
