// SPDX-License-Identifier: Apache-2.0
import {
  createMergePatch,
  type DefinitionsStatus,
  type PlatformStatus,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Clusters } from '../informers/Lister';
import type { Clock } from '../time/Clock';
import { contentVersion } from './contentVersion';
import { Listeners } from './Listeners';
import { countByHealth } from './selectRows';
import type { TenantSnapshots } from './TenantSnapshots';

/** The status is looked at again at most this often while somebody follows it. */
const COALESCE_MS = 1_000;

/** Changes kept for readers that come back, while anybody follows. */
const CHANGES_KEPT = 16;

/** The platform’s status at one version. */
export type PlatformSnapshot = {
  readonly version: string;
  readonly status: PlatformStatus;
};

/** The status went from one version to the next. */
type PlatformChange = {
  readonly from: string;
  readonly to: PlatformSnapshot;
  /** JSON of the merge patch. */
  readonly patchJson: string;
};

type PlatformSnapshotsOptions = {
  readonly clusters: Clusters;
  readonly snapshots: TenantSnapshots;
  readonly clock: Clock;
  /** Version of this service. */
  readonly version: string;
  /** What keeps the service as a whole from working, in sentences. */
  readonly problems: () => readonly string[];
  /** What is known of the module definitions; left out where there are none. */
  readonly definitions?: { status(): readonly DefinitionsStatus[] };
};

/** The state of the service and its clusters. While nobody follows it, nothing is computed. */
export class PlatformSnapshots {
  private readonly listeners = new Listeners<PlatformChange>();
  private readonly changes: PlatformChange[] = [];
  private last?: PlatformSnapshot;
  private stopListening?: () => void;
  private cancelLook?: () => void;

  constructor(private readonly options: PlatformSnapshotsOptions) {}

  /** The status now. */
  status(): PlatformStatus {
    const { clusters, snapshots, version, problems, definitions } =
      this.options;
    return {
      version,
      clusters: clusters.list().map(view => view.status),
      tenants: countByHealth(snapshots.all()),
      problems: [...problems(), ...snapshots.problems()],
      // That a source was looked at again is no change.
      definitions: definitions
        ?.status()
        .map(({ checkedAt: _, ...source }) => source),
    };
  }

  /** What those who follow have last been told; the status now when nobody does. */
  current(): PlatformSnapshot {
    if (this.listeners.size > 0 && this.last) return this.last;
    this.last = this.take();
    return this.last;
  }

  /** What changed since a version, oldest first: nothing when it is the present one; `undefined` when that is no longer known. */
  since(version: string): readonly PlatformChange[] | undefined {
    if (this.current().version === version) return [];
    const first = this.changes.findLastIndex(({ from }) => from === version);
    return first < 0 ? undefined : this.changes.slice(first);
  }

  /** Calls back after changes, at most once a second. Returns the way to stop. */
  onChange(listener: (change: PlatformChange) => void): () => void {
    if (this.listeners.size === 0) this.listen();
    const stop = this.listeners.add(listener);
    return () => {
      stop();
      if (this.listeners.size === 0) this.sleep();
    };
  }

  private listen(): void {
    const { snapshots, clock } = this.options;
    const look = () => {
      this.cancelLook ??= clock.after(COALESCE_MS, () => {
        this.cancelLook = undefined;
        this.look();
      });
    };
    const stops = [snapshots.onChange(look), snapshots.onClusterChange(look)];
    this.stopListening = () => stops.forEach(stop => stop());
  }

  private sleep(): void {
    this.stopListening?.();
    this.cancelLook?.();
    this.cancelLook = undefined;
    // What happens from here on is not written down.
    this.changes.length = 0;
  }

  private look(): void {
    const from = this.last;
    const to = this.take();
    if (!from || from.version === to.version) return;
    this.last = to;
    const patch = createMergePatch(from.status, to.status) ?? {};
    const change = {
      from: from.version,
      to,
      patchJson: JSON.stringify(patch),
    };
    this.changes.push(change);
    if (this.changes.length > CHANGES_KEPT) this.changes.shift();
    this.listeners.emit(change);
  }

  private take(): PlatformSnapshot {
    const status = this.status();
    // That a connected cluster was heard from again a moment ago is no change.
    const clusters = status.clusters.map(({ observedAt, ...cluster }) =>
      cluster.freshness === 'synced' ? cluster : { ...cluster, observedAt },
    );
    return { status, version: contentVersion({ ...status, clusters }) };
  }
}
