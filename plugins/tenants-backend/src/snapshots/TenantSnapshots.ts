// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import type { ClusterChange, Clusters } from '../informers/Lister';
import type { Clock } from '../time/Clock';
import { ChangeLog } from './ChangeLog';
import { Listeners } from './Listeners';
import { retainLostClusters } from './retainLostClusters';
import {
  createTenantChange,
  type RowChange,
  type TenantChange,
} from './TenantChange';
import type { TenantDerivation } from './TenantDerivation';
import { TenantPlaces, type NamespaceKey } from './TenantPlaces';
import { createTenantSnapshot, type TenantSnapshot } from './TenantSnapshot';

/** Named limits of the snapshots. */
export const SNAPSHOT_LIMITS = {
  coalesceMs: 50,
  /** How late a state may turn that turns with time alone. */
  sweepMs: 1_000,
  tenants: 20_000,
  /** Tenants derived in one go before others get the processor. */
  derivedAtOnce: 50,
  /** Changes of rows kept for readers that come back; up to twice as many for a moment. */
  rowChangesKept: 1_000,
  /** These hold whole tenants. */
  tenantChangesKept: 64,
} as const;

type TenantSnapshotsOptions = {
  readonly clusters: Clusters;
  readonly derivation: TenantDerivation;
  readonly clock: Clock;
  /** A tenant that could not be derived. It keeps its last snapshot. */
  readonly onFailure: (tenant: string, error: unknown) => void;
};

/**
 * The current snapshot of every tenant. A change in a cluster marks its namespace; 50 ms later the tenants concerned are derived
 * again, each once, and those whose content differs get a new version that is told to the listeners.
 */
export class TenantSnapshots {
  readonly rowChanges = new ChangeLog<RowChange>(
    SNAPSHOT_LIMITS.rowChangesKept,
  );
  readonly tenantChanges = new ChangeLog<TenantChange>(
    SNAPSHOT_LIMITS.tenantChangesKept,
  );
  private readonly options: TenantSnapshotsOptions;
  private readonly places: TenantPlaces;
  private readonly snapshots = new Map<string, TenantSnapshot>();
  private readonly changedAt = new WeakMap<TenantSnapshot, number>();
  private readonly dirtyNamespaces = new Map<string, NamespaceKey>();
  private readonly dirtyTenants = new Set<string>();
  private readonly rederiveAt = new Map<string, number>();
  private readonly anyChange = new Listeners<TenantChange>();
  private readonly changeByTenant = new Map<string, Listeners<TenantChange>>();
  private readonly clusterChange = new Listeners<void>();
  private readonly counted = { versions: 0, derivations: 0, failures: 0 };
  private lastSequence = 0;
  private cancelFlush?: () => void;
  private isFull = false;

  constructor(options: TenantSnapshotsOptions) {
    this.options = options;
    this.places = new TenantPlaces(options.clusters, options.derivation);
  }

  /** Follows the clusters until the signal aborts. */
  start(signal: AbortSignal): void {
    const { clusters } = this.options;
    const stop = clusters.onChange(change => this.mark(change));
    this.markAll();
    const stopTenancy = this.options.derivation.onChange?.(() =>
      this.markAll(),
    );
    const stopSweep = this.sweepLater();
    signal.addEventListener('abort', () => {
      stop();
      stopTenancy?.();
      stopSweep();
      this.cancelFlush?.();
    });
  }

  /** How many changes there have been. */
  get sequence(): number {
    return this.lastSequence;
  }

  /** What was done since the start, for metrics. */
  get totals(): Readonly<
    Record<'versions' | 'derivations' | 'failures', number>
  > {
    return this.counted;
  }

  /** `undefined` when there is no such tenant. */
  get(name: string): TenantSnapshot | undefined {
    return this.snapshots.get(name);
  }

  /** The sequence number of the change that made a snapshot. */
  sequenceOf(snapshot: TenantSnapshot): number {
    return this.changedAt.get(snapshot) ?? 0;
  }

  /** All of them, in no particular order. */
  all(): IterableIterator<TenantSnapshot> {
    return this.snapshots.values();
  }

  /** What is missing or old in any cluster. */
  partial(): PartialData[] {
    return this.options.clusters.list().flatMap(view => view.partial);
  }

  /** When the data of the given clusters is known to be of: the oldest of them; `undefined` when one was never heard from. */
  observedAt(clusters?: readonly string[]): string | undefined {
    const times = this.options.clusters
      .list()
      .filter(view => !clusters || clusters.includes(view.name))
      .map(view =>
        view.observedAt ? view.observedAt() : view.status.observedAt,
      );
    return times.reduce(
      (oldest, time) =>
        oldest === undefined || time === undefined || time < oldest
          ? time
          : oldest,
      times[0],
    );
  }

  /** Sentences on what keeps tenants from being shown. */
  problems(): string[] {
    const { refused } = this.places;
    const problems = refused === undefined ? [] : [refused];
    if (!this.isFull) return problems;
    return [
      ...problems,
      `There are more than ${SNAPSHOT_LIMITS.tenants} tenants, which is all that one process holds; the others are not shown. Watch fewer clusters from one portal.`,
    ];
  }

  /** Calls back after each change of any tenant. Returns the way to stop. */
  onChange(listener: (change: TenantChange) => void): () => void {
    return this.anyChange.add(listener);
  }

  /** The same for one tenant, so that its readers cost the others nothing. */
  onTenantChange(
    name: string,
    listener: (change: TenantChange) => void,
  ): () => void {
    const listeners = this.changeByTenant.get(name) ?? new Listeners();
    this.changeByTenant.set(name, listeners);
    const stop = listeners.add(listener);
    return () => {
      stop();
      if (listeners.size > 0) return;
      // Stopped again, it must not take away those who have come since.
      if (this.changeByTenant.get(name) !== listeners) return;
      this.changeByTenant.delete(name);
    };
  }

  /** Calls back, coalesced, after the freshness of any cluster changed. */
  onClusterChange(listener: () => void): () => void {
    return this.clusterChange.add(listener);
  }

  private markAll(): void {
    for (const view of this.options.clusters.list()) {
      this.mark({ cluster: view.name, namespace: '' });
    }
  }

  private mark({ cluster, namespace }: ClusterChange): void {
    // A cluster as a whole is looked into when its turn comes, not in the caller's time.
    this.dirtyNamespaces.set(`${cluster}/${namespace}`, { cluster, namespace });
    this.flushIn(SNAPSHOT_LIMITS.coalesceMs);
  }

  private flushIn(delayMs: number): void {
    this.cancelFlush ??= this.options.clock.after(delayMs, () => {
      this.cancelFlush = undefined;
      this.flush();
    });
  }

  private flush(): void {
    this.resolveNamespaces();
    let left = SNAPSHOT_LIMITS.derivedAtOnce;
    for (const name of this.dirtyTenants) {
      if (left-- === 0) break;
      this.dirtyTenants.delete(name);
      this.rederive(name);
    }
    if (this.dirtyTenants.size > 0) this.flushIn(0);
  }

  private resolveNamespaces(): void {
    const keys = [...this.dirtyNamespaces.values()];
    this.dirtyNamespaces.clear();
    const whole = keys.filter(key => key.namespace === '');
    for (const { cluster } of whole) keys.push(...this.places.keysOn(cluster));
    for (const key of keys) {
      if (key.namespace !== '') this.resolve(key);
    }
    if (whole.length > 0) this.clusterChange.emit();
  }

  /** A namespace whose tenant cannot be told stays where it was. */
  private resolve(key: NamespaceKey): void {
    try {
      for (const name of this.places.refresh(key)) this.dirtyTenants.add(name);
    } catch (error) {
      this.options.onFailure(`of ${key.cluster}/${key.namespace}`, error);
    }
  }

  private rederive(name: string): void {
    const previous = this.snapshots.get(name);
    this.counted.derivations += 1;
    try {
      const next = this.derive(name, previous);
      if (next?.version !== previous?.version) this.replace(previous, next);
    } catch (error) {
      this.counted.failures += 1;
      this.options.onFailure(name, error);
    }
  }

  private derive(
    name: string,
    previous: TenantSnapshot | undefined,
  ): TenantSnapshot | undefined {
    const { derivation, clock } = this.options;
    const { places, lostClusters } = this.places.locate(name);
    const derived =
      places.length > 0
        ? derivation.derive(name, places, new Date(clock.now()))
        : undefined;
    this.remindAt(name, derived?.rederiveAt);
    const kept = retainLostClusters(
      previous?.tenant,
      derived?.tenant,
      lostClusters,
    );
    return kept && createTenantSnapshot(kept, t => derivation.toRow(t));
  }

  private remindAt(name: string, at: Date | undefined): void {
    if (at) this.rederiveAt.set(name, at.getTime());
    else this.rederiveAt.delete(name);
  }

  private replace(
    from: TenantSnapshot | undefined,
    to: TenantSnapshot | undefined,
  ): void {
    if (!from && this.snapshots.size >= SNAPSHOT_LIMITS.tenants) {
      this.isFull = true;
      return;
    }
    const change = createTenantChange(this.lastSequence + 1, { from, to });
    this.lastSequence = change.sequence;
    if (to) {
      this.counted.versions += 1;
      this.snapshots.set(change.name, to);
      this.changedAt.set(to, change.sequence);
    } else {
      this.snapshots.delete(change.name);
    }
    this.rowChanges.add(change.row);
    this.tenantChanges.add(change);
    this.anyChange.emit(change);
    this.changeByTenant.get(change.name)?.emit(change);
  }

  private sweepLater(): () => void {
    let cancel = () => {};
    const again = () => {
      cancel = this.options.clock.after(SNAPSHOT_LIMITS.sweepMs, () => {
        const now = this.options.clock.now();
        for (const [name, at] of this.rederiveAt) {
          if (at <= now) this.dirtyTenants.add(name);
        }
        if (this.dirtyTenants.size > 0) this.flushIn(0);
        again();
      });
    };
    again();
    return () => cancel();
  }
}
