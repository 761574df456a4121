// SPDX-License-Identifier: Apache-2.0
import {
  platformReadPermission,
  tenantReadPermission,
} from '@tenantry/backstage-plugin-tenants-common';
import { MissingPermissionError, type Access } from '../../access/Access';
import type { Caller } from '../../access/Caller';
import type { TenantDecision } from '../../access/TenantDecision';
import type { RowChange } from '../../snapshots/TenantChange';
import type { TenantSnapshots } from '../../snapshots/TenantSnapshots';
import { clustersSeenBy, partialSeenBy } from '../../snapshots/Viewer';
import { readCursor, writeCursor } from './cursor';
import type { Feed, FeedListener } from './Feed';
import { patchFrame, snapshotFrame } from './frames';
import type { Frame } from './Outbox';

type TenantListFeedOptions = {
  readonly caller: Caller;
  /** The policy’s answer under which the feed is opened. */
  readonly decision: TenantDecision;
  /** Whether gaps of clusters are told that none of the caller’s tenants uses. */
  readonly seesAllClusters: boolean;
  readonly access: Access;
  readonly snapshots: TenantSnapshots;
  /** Names this process in cursors. */
  readonly instance: string;
};

/** The clusters of which the caller is told; `undefined` for all. */
type SeenClusters = { readonly names: ReadonlySet<string> | undefined };

/**
 * Every row that one caller may see. A version of this value is its cursor: the place in the order of changes, and the conditions
 * under which the caller looks, since the same changes look different under others.
 */
export class TenantListFeed implements Feed {
  private listener?: FeedListener;
  private decision: TenantDecision;
  private seesAllClusters: boolean;
  private version: string;
  private toldPartial = '';
  private seen?: SeenClusters;

  constructor(private readonly options: TenantListFeedOptions) {
    this.decision = options.decision;
    this.seesAllClusters = options.seesAllClusters;
    this.version = this.versionAt(options.snapshots.sequence);
  }

  snapshot(): Frame {
    const { snapshots } = this.options;
    this.version = this.versionAt(snapshots.sequence);
    const rows: string[] = [];
    for (const snapshot of snapshots.all()) {
      if (!this.decision.allows(snapshot.facts)) continue;
      rows.push(`${JSON.stringify(snapshot.row.name)}:${snapshot.rowJson()}`);
    }
    this.toldPartial = this.partialJson();
    return snapshotFrame(
      this.stamp(),
      `{"tenants":{${rows.join(',')}},"partial":${this.toldPartial}}`,
    );
  }

  resume(cursor: string | undefined): readonly Frame[] | undefined {
    const { snapshots } = this.options;
    const sequence = readCursor(cursor, this.viewer());
    if (sequence === undefined || sequence > snapshots.sequence) {
      return undefined;
    }
    const missed = snapshots.rowChanges.since(sequence);
    if (!missed) return undefined;
    this.version = this.versionAt(sequence);
    const frames = missed.flatMap(change => this.toFrame(change) ?? []);
    // What is missing may have changed too; saying it again changes nothing.
    this.toldPartial = this.partialJson();
    return [...frames, this.patchToNow(`"partial":${this.toldPartial}`)];
  }

  follow(listener: FeedListener): () => void {
    this.listener = listener;
    const { snapshots } = this.options;
    const stopRows = snapshots.onChange(({ row }) => {
      if (row.changesSight) this.seen = undefined;
      const frame = this.toFrame(row);
      if (frame !== undefined) listener.send(frame);
      // With a tenant, a cluster may come into sight or go out of it.
      if (row.changesSight) this.tellPartial();
    });
    const stopClusters = snapshots.onClusterChange(() => this.tellPartial());
    return () => {
      stopRows();
      stopClusters();
    };
  }

  async recheck(): Promise<void> {
    const { access, caller } = this.options;
    const before = this.decision;
    const after = await access.decideAgain(caller, tenantReadPermission);
    if (after.deniesAll) {
      const { message } = new MissingPermissionError(tenantReadPermission);
      this.listener?.end('forbidden', message);
      return;
    }
    const platform = await access.decideAgain(caller, platformReadPermission);
    this.seesAllClusters = !platform.deniesAll;
    this.decision = after;
    this.seen = undefined;
    if (after.id !== before.id) this.tellSights(before, after);
    this.tellPartial();
  }

  private tellSights(before: TenantDecision, after: TenantDecision): void {
    const { snapshots } = this.options;
    const rows: string[] = [];
    for (const snapshot of snapshots.all()) {
      const saw = before.allows(snapshot.facts);
      const sees = after.allows(snapshot.facts);
      if (saw === sees) continue;
      const value = sees ? snapshot.rowJson() : 'null';
      rows.push(`${JSON.stringify(snapshot.row.name)}:${value}`);
    }
    this.listener?.send(this.patchToNow(`"tenants":{${rows.join(',')}}`));
  }

  observedAt(): string | undefined {
    const { names } = this.clusters();
    return this.options.snapshots.observedAt(names && [...names]);
  }

  private tellPartial(): void {
    const partial = this.partialJson();
    if (partial === this.toldPartial) return;
    this.toldPartial = partial;
    this.listener?.send(this.patchToNow(`"partial":${partial}`));
  }

  /** What a change is to this caller; `undefined` when nothing. */
  private toFrame(change: RowChange): Frame | undefined {
    const { before, after, name, sequence } = change;
    const saw = before !== undefined && this.decision.allows(before);
    const sees = after !== undefined && this.decision.allows(after);
    if (!saw && !sees) return undefined;
    const value = rowValue(change, saw, sees);
    return this.patchTo(
      sequence,
      `"tenants":{${JSON.stringify(name)}:${value}}`,
    );
  }

  private patchToNow(members: string): Frame {
    return this.patchTo(this.options.snapshots.sequence, members);
  }

  private patchTo(sequence: number, members: string): Frame {
    const from = this.version;
    this.version = this.versionAt(sequence);
    return patchFrame(from, this.stamp(), `{${members}}`);
  }

  private stamp() {
    return {
      version: this.version,
      cursor: this.version,
      at: this.observedAt(),
    };
  }

  private versionAt(sequence: number): string {
    return writeCursor({ instance: this.viewer(), sequence });
  }

  private viewer(): string {
    return `${this.options.instance}-${this.decision.id}`;
  }

  private partialJson(): string {
    const partial = this.options.snapshots.partial();
    if (partial.length === 0) return '[]';
    return JSON.stringify(partialSeenBy(this.clusters().names, partial));
  }

  /** Remembered, because every frame says of when its clusters are. */
  private clusters(): SeenClusters {
    const { decision, seesAllClusters } = this;
    const viewer = { ...decision, seesAllClusters };
    this.seen ??= {
      names: clustersSeenBy(viewer, this.options.snapshots.all()),
    };
    return this.seen;
  }
}

function rowValue(change: RowChange, saw: boolean, sees: boolean): string {
  if (!sees) return 'null';
  return saw ? change.patchJson() : change.rowJson();
}
