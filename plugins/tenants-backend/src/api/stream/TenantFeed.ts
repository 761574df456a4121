// SPDX-License-Identifier: Apache-2.0
import { tenantReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import type { Access } from '../../access/Access';
import type { Caller } from '../../access/Caller';
import type { TenantDecision } from '../../access/TenantDecision';
import type { TenantChange } from '../../snapshots/TenantChange';
import type { TenantSnapshot } from '../../snapshots/TenantSnapshot';
import type { TenantSnapshots } from '../../snapshots/TenantSnapshots';
import { noSuchTenant } from '../noSuchTenant';
import { readCursor, writeCursor } from './cursor';
import type { Feed, FeedListener } from './Feed';
import { patchFrame, snapshotFrame, type Stamp } from './frames';
import type { Frame } from './Outbox';

type TenantFeedOptions = {
  readonly name: string;
  readonly caller: Caller;
  /** The policy’s answer under which the feed is opened. */
  readonly decision: TenantDecision;
  readonly access: Access;
  readonly snapshots: TenantSnapshots;
  /** Names this process in cursors. */
  readonly instance: string;
};

/** A change’s frame is the same for every reader, so it is made once. It goes with the change. */
const sharedFrames = new WeakMap<
  TenantChange,
  { readonly instance: string; readonly frame: Frame }
>();

/** One tenant, for a caller who may see it now. Patches are shared with all other readers of the tenant. */
export class TenantFeed implements Feed {
  private listener?: FeedListener;
  private decision: TenantDecision;

  constructor(private readonly options: TenantFeedOptions) {
    this.decision = options.decision;
  }

  snapshot(): Frame | undefined {
    const { name, snapshots } = this.options;
    const snapshot = snapshots.get(name);
    if (!snapshot) return undefined;
    return snapshotFrame(
      this.stamp(snapshot, snapshots.sequence),
      snapshot.body.plain().toString('utf8'),
    );
  }

  resume(cursor: string | undefined): readonly Frame[] | undefined {
    const { name, snapshots, instance } = this.options;
    const sequence = readCursor(cursor, instance);
    const snapshot = snapshots.get(name);
    if (sequence === undefined || !snapshot) return undefined;
    if (snapshots.sequenceOf(snapshot) <= sequence) return [];
    const frames: Frame[] = [];
    const missed = snapshots.tenantChanges.since(sequence);
    if (!missed) return undefined;
    for (const change of missed) {
      if (change.name !== name) continue;
      // A tenant that went and came back has no patch across.
      if (!change.from || !change.to) return undefined;
      frames.push(this.toFrame(change, change.from, change.to));
    }
    return frames;
  }

  follow(listener: FeedListener): () => void {
    this.listener = listener;
    const { name, snapshots } = this.options;
    return snapshots.onTenantChange(name, change => {
      if (!change.to) {
        listener.end('deleted', `The tenant ${name} is gone.`);
      } else if (!this.decision.allows(change.to.facts)) {
        // A change of owner, say, takes the right away with the very change.
        listener.end('forbidden', noSuchTenant(name));
      } else if (change.from) {
        listener.send(this.toFrame(change, change.from, change.to));
      }
    });
  }

  async recheck(): Promise<void> {
    const { name, caller, access, snapshots } = this.options;
    this.decision = await access.decideAgain(caller, tenantReadPermission);
    const snapshot = snapshots.get(name);
    if (snapshot && !this.decision.allows(snapshot.facts)) {
      this.listener?.end('forbidden', noSuchTenant(name));
    }
  }

  observedAt(): string | undefined {
    const { name, snapshots } = this.options;
    return snapshots.observedAt(snapshots.get(name)?.facts.clusters);
  }

  private toFrame(
    change: TenantChange,
    from: TenantSnapshot,
    to: TenantSnapshot,
  ): Frame {
    const { instance } = this.options;
    const made = sharedFrames.get(change);
    if (made?.instance === instance) return made.frame;
    const stamp = this.stamp(to, change.sequence);
    const frame = patchFrame(from.version, stamp, change.patchJson());
    sharedFrames.set(change, { instance, frame });
    return frame;
  }

  private stamp(snapshot: TenantSnapshot, sequence: number): Stamp {
    const { snapshots, instance } = this.options;
    return {
      version: snapshot.version,
      cursor: writeCursor({ instance, sequence }),
      at: snapshots.observedAt(snapshot.facts.clusters),
    };
  }
}
