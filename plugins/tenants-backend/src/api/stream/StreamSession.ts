// SPDX-License-Identifier: Apache-2.0
import { NotAllowedError } from '@backstage/errors';
import {
  STREAM_LIMITS,
  type EndReason,
  type Subscription,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Caller } from '../../access/Caller';
import type { Clock } from '../../time/Clock';
import type { Feed } from './Feed';
import { endFrame, heartbeatFrame } from './frames';
import { Outbox, type LineSink } from './Outbox';
import { SessionTimers } from './SessionTimers';

/** A reader who takes nothing for so many heartbeats is taken to be gone. */
const PATIENCE_BEATS = 4;

/** The wire of a stream. */
export interface StreamSink extends LineSink {
  /** Nothing more will be written. */
  close(): void;
}

type StreamSessionOptions = {
  readonly sink: StreamSink;
  readonly caller: Caller;
  readonly clock: Clock;
  /** @throws NotAllowedError with a sentence for the caller */
  readonly openFeed: (subscription: Subscription) => Promise<Feed>;
};

type Followed = { readonly feed: Feed; readonly stop: () => void };

/**
 * One reader’s stream: opening → following → finished. It finishes when all subscriptions have ended, when the caller’s token is
 * about to expire, when the process shuts down, when the policy cannot be asked, or when the reader leaves; then all is freed.
 */
export class StreamSession {
  private readonly outbox: Outbox;
  private readonly followed = new Map<string, Followed>();
  private readonly timers: SessionTimers;
  private finished = false;
  private opening = 0;
  private beatsBehind = 0;

  constructor(private readonly options: StreamSessionOptions) {
    this.timers = new SessionTimers(options.clock);
    this.outbox = new Outbox({
      sink: options.sink,
      limitBytes: STREAM_LIMITS.waitingBytes,
    });
  }

  /** Opens the subscriptions and starts the timers. Resolves when each subscription has been answered. */
  async start(subscriptions: readonly Subscription[]): Promise<void> {
    this.startTimers();
    this.opening = subscriptions.length;
    await Promise.all(subscriptions.map(s => this.open(s)));
  }

  /** The reader has taken everything written so far. */
  drained(): void {
    if (this.finished) return;
    this.beatsBehind = 0;
    this.outbox.drained();
    this.finishWhenEmpty();
  }

  /** Ends the stream, saying why. */
  finish(reason: EndReason, message: string): void {
    if (this.finished) return;
    this.outbox.finish(endFrame(reason, message));
    this.free();
    this.options.sink.close();
  }

  /** Frees everything without a word: the reader has left. */
  free(): void {
    this.finished = true;
    this.timers.cancel();
    for (const { stop } of this.followed.values()) stop();
    this.followed.clear();
  }

  private async open(subscription: Subscription): Promise<void> {
    const { id, cursor } = subscription;
    let feed: Feed | undefined;
    this.outbox.open(id, () => feed?.snapshot());
    try {
      feed = await this.options.openFeed(subscription);
      // From here on nothing waits: no change can fall between the snapshot and what follows it.
      if (!this.finished) this.follow(id, feed, cursor);
    } catch (error) {
      this.end(id, ...explain(error));
    } finally {
      this.opening -= 1;
      this.finishWhenEmpty();
    }
  }

  private follow(id: string, feed: Feed, cursor: string | undefined): void {
    const missed = feed.resume(cursor);
    if (missed) {
      for (const frame of missed) this.outbox.send(id, frame);
      // Tells a reader who missed nothing that it has been resumed.
      this.outbox.offer(id, heartbeatFrame(feed.observedAt()));
    } else {
      this.outbox.sendSnapshot(id);
    }
    const stop = feed.follow({
      send: frame => this.outbox.send(id, frame),
      end: (reason, message) => {
        this.end(id, reason, message);
        this.finishWhenEmpty();
      },
    });
    this.followed.set(id, { feed, stop });
  }

  private end(id: string, reason: EndReason, message: string): void {
    this.followed.get(id)?.stop();
    this.followed.delete(id);
    if (!this.finished) this.outbox.end(id, endFrame(reason, message));
  }

  private finishWhenEmpty(): void {
    // A last frame may still wait for a slow reader.
    if (this.opening > 0 || this.outbox.size > 0) return;
    this.finish('completed', 'Every subscription of this stream has ended.');
  }

  private beat(): void {
    this.beatsBehind = this.outbox.isBehind ? this.beatsBehind + 1 : 0;
    if (this.beatsBehind >= PATIENCE_BEATS) {
      this.finish('limit', 'Nothing was read for a minute; reconnect.');
    }
    for (const [id, { feed }] of this.followed) {
      this.outbox.offer(id, heartbeatFrame(feed.observedAt()));
    }
  }

  private startTimers(): void {
    const { caller } = this.options;
    this.timers.every(STREAM_LIMITS.heartbeatMs, () => this.beat());
    this.timers.recheck(
      () => this.recheck(),
      message => this.finish('error', message),
    );
    this.timers.beforeExpiry(caller.expiresAt, message =>
      this.finish('token-expired', message),
    );
  }

  private async recheck(): Promise<void> {
    const feeds = [...this.followed.values()].map(({ feed }) => feed);
    await Promise.all(feeds.map(feed => feed.recheck()));
  }
}

function explain(error: unknown): [EndReason, string] {
  return error instanceof NotAllowedError
    ? ['forbidden', error.message]
    : ['error', 'The subscription could not be opened. Try again in a moment.'];
}
