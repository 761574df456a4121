// SPDX-License-Identifier: Apache-2.0
import type { EndReason } from '@tenantry/backstage-plugin-tenants-common';
import type { Frame } from './Outbox';

/** What a feed tells its subscription. */
export interface FeedListener {
  /** A frame that follows on the one before. */
  send(frame: Frame): void;
  /** The feed is over. */
  end(reason: EndReason, message: string): void;
}

/** The source of one subscription’s messages, as one caller may see them. */
export interface Feed {
  /** The whole value now; `undefined` when it is gone. */
  snapshot(): Frame | undefined;
  /** What a reader missed since the cursor, or `undefined` when only a snapshot will do. */
  resume(cursor: string | undefined): readonly Frame[] | undefined;
  /** Tells the listener about everything after this call. Returns the way to stop. */
  follow(listener: FeedListener): () => void;
  /** Asks the policy again and tells the listener what was lost or won. @throws when the policy cannot be asked */
  recheck(): Promise<void>;
  /** When the data is known to be of. */
  observedAt(): string | undefined;
}
