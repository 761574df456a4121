// SPDX-License-Identifier: Apache-2.0
import { tenantReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import { MissingPermissionError, type Access } from '../../access/Access';
import type { Caller } from '../../access/Caller';
import type { TenantDecision } from '../../access/TenantDecision';
import type { RowChange } from '../../snapshots/TenantChange';
import type { TenantSnapshots } from '../../snapshots/TenantSnapshots';
import { readCursor, writeCursor } from './cursor';
import type { Feed, FeedListener } from './Feed';
import { patchFrame, snapshotFrame } from './frames';
import type { Frame } from './Outbox';

type TenantListFeedOptions = {
  readonly caller: Caller;
  /** The policy’s answer under which the feed is opened. */
  readonly decision: TenantDecision;
  readonly access: Access;
  readonly snapshots: TenantSnapshots;
  /** Names this process in cursors. */
  readonly instance: string;
};

/**
 * Every row that one caller may see. A version of this value is its cursor: the place in the order of changes, and the conditions
 * under which the caller looks, since the same changes look different under others.
 */
export class TenantListFeed implements Feed {
  private listener?: FeedListener;
  private decision: TenantDecision;
  private version: string;

  constructor(private readonly options: TenantListFeedOptions) {
    this.decision = options.decision;
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
    return snapshotFrame(
      this.stamp(),
      `{"tenants":{${rows.join(',')}},"partial":${this.partialJson()}}`,
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
    return [...frames, this.patchToNow(`"partial":${this.partialJson()}`)];
  }

  follow(listener: FeedListener): () => void {
    this.listener = listener;
    const { snapshots } = this.options;
    const stopRows = snapshots.onChange(({ row }) => {
      const frame = this.toFrame(row);
      if (frame !== undefined) listener.send(frame);
    });
    let told = this.partialJson();
    const stopClusters = snapshots.onClusterChange(() => {
      const partial = this.partialJson();
      if (partial === told) return;
      told = partial;
      listener.send(this.patchToNow(`"partial":${partial}`));
    });
    return () => {
      stopRows();
      stopClusters();
    };
  }

  async recheck(): Promise<void> {
    const { access, caller, snapshots } = this.options;
    const before = this.decision;
    const after = await access.decideAgain(caller, tenantReadPermission);
    if (after.deniesAll) {
      const { message } = new MissingPermissionError(tenantReadPermission);
      this.listener?.end('forbidden', message);
      return;
    }
    if (after.id === before.id) return;
    this.decision = after;
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
    return this.options.snapshots.observedAt();
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
    return JSON.stringify(this.options.snapshots.partial());
  }
}

function rowValue(change: RowChange, saw: boolean, sees: boolean): string {
  if (!sees) return 'null';
  return saw ? change.patchJson() : change.rowJson();
}
