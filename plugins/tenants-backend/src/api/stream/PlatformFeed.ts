// SPDX-License-Identifier: Apache-2.0
import { platformReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import { MissingPermissionError, type Access } from '../../access/Access';
import type { Caller } from '../../access/Caller';
import type {
  PlatformSnapshot,
  PlatformSnapshots,
} from '../../snapshots/PlatformSnapshots';
import type { Feed, FeedListener } from './Feed';
import { patchFrame, snapshotFrame } from './frames';
import type { Frame } from './Outbox';

type PlatformFeedOptions = {
  readonly caller: Caller;
  readonly access: Access;
  readonly platform: PlatformSnapshots;
  readonly observedAt: () => string | undefined;
};

/** The platform’s status. Its version is its cursor: equal versions are equal content, whichever process made them. */
export class PlatformFeed implements Feed {
  private listener?: FeedListener;

  constructor(private readonly options: PlatformFeedOptions) {}

  snapshot(): Frame {
    const current = this.options.platform.current();
    return snapshotFrame(this.stamp(current), JSON.stringify(current.status));
  }

  resume(cursor: string | undefined): readonly Frame[] | undefined {
    if (cursor === undefined) return undefined;
    return this.options.platform
      .since(cursor)
      ?.map(({ from, to, patchJson }) =>
        patchFrame(from, this.stamp(to), patchJson),
      );
  }

  follow(listener: FeedListener): () => void {
    this.listener = listener;
    return this.options.platform.onChange(({ from, to, patchJson }) =>
      listener.send(patchFrame(from, this.stamp(to), patchJson)),
    );
  }

  async recheck(): Promise<void> {
    const { access, caller } = this.options;
    const { deniesAll } = await access.decideAgain(
      caller,
      platformReadPermission,
    );
    if (!deniesAll) return;
    const { message } = new MissingPermissionError(platformReadPermission);
    this.listener?.end('forbidden', message);
  }

  observedAt(): string | undefined {
    return this.options.observedAt();
  }

  private stamp({ version }: PlatformSnapshot) {
    return { version, cursor: version, at: this.observedAt() };
  }
}
