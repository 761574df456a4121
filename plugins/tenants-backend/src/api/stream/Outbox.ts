// SPDX-License-Identifier: Apache-2.0

/** Where a stream’s lines go. */
export interface LineSink {
  /** Takes one line. Answers false when the reader is behind: nothing more should come until it has drained. */
  write(line: string): boolean;
}

/** The members of a message other than `s` and `n`, as JSON without the outer braces. */
export type Frame = string;

type OutboxOptions = {
  readonly sink: LineSink;
  /** Bytes that may wait for a slow reader, over all its subscriptions. */
  readonly limitBytes: number;
};

type Channel = {
  readonly id: string;
  readonly snapshot: () => Frame | undefined;
  readonly waiting: Frame[];
  sent: number;
  needsSnapshot: boolean;
  lastFrame?: Frame;
};

/**
 * What waits for one reader. While the reader keeps up, frames go straight through. When it is behind they wait; when more waits
 * than the limit, all of it is dropped and each subscription concerned gets one snapshot once the reader has drained: it is never
 * queued for without bound and never sees a patch to a version it does not have.
 *
 * Frames are numbered when they are written, so that what was dropped leaves no hole.
 */
export class Outbox {
  private readonly channels = new Map<string, Channel>();
  private waitingBytes = 0;
  private behind = false;

  constructor(private readonly options: OutboxOptions) {}

  /** Whether the reader has not drained yet. */
  get isBehind(): boolean {
    return this.behind;
  }

  /** Number of subscriptions that have not ended. */
  get size(): number {
    return this.channels.size;
  }

  /** Adds a subscription. `snapshot` answers the frame of its whole value now; `undefined` when there is none. */
  open(id: string, snapshot: () => Frame | undefined): void {
    this.channels.set(id, {
      id,
      snapshot,
      waiting: [],
      sent: 0,
      needsSnapshot: false,
    });
  }

  /** Sends a frame that follows on the one before. Ignored when the subscription has ended. */
  send(id: string, frame: Frame): void {
    const channel = this.channels.get(id);
    // A snapshot to come will hold this change.
    if (!channel || channel.needsSnapshot || channel.lastFrame) return;
    if (!this.behind) {
      this.write(channel, frame);
      return;
    }
    channel.waiting.push(frame);
    this.waitingBytes += Buffer.byteLength(frame);
    if (this.waitingBytes > this.options.limitBytes) this.dropWaiting();
  }

  /** Sends the whole value as soon as the reader takes it. */
  sendSnapshot(id: string): void {
    const channel = this.channels.get(id);
    if (!channel || channel.lastFrame) return;
    channel.needsSnapshot = true;
    this.pump();
  }

  /** Sends a frame only when the reader keeps up; a heartbeat to a reader who is behind would say nothing. */
  offer(id: string, frame: Frame): void {
    if (!this.behind) this.send(id, frame);
  }

  /** Ends a subscription. What waits for it is dropped, the frame is not. */
  end(id: string, lastFrame: Frame): void {
    const channel = this.channels.get(id);
    if (!channel) return;
    this.forget(channel);
    channel.needsSnapshot = false;
    channel.lastFrame = lastFrame;
    this.pump();
  }

  /** Ends the stream: drops what waits and writes one last frame about the stream itself. */
  finish(lastFrame: Frame): void {
    this.channels.clear();
    this.waitingBytes = 0;
    this.options.sink.write(toLine('', 1, lastFrame));
  }

  /** To be called when the reader has taken everything written so far. */
  drained(): void {
    this.behind = false;
    this.pump();
  }

  private pump(): void {
    for (const channel of this.channels.values()) {
      while (!this.behind && this.writeNext(channel));
      if (this.behind) return;
    }
  }

  private writeNext(channel: Channel): boolean {
    const frame = this.takeNext(channel);
    if (frame === undefined) return false;
    this.write(channel, frame);
    return true;
  }

  private takeNext(channel: Channel): Frame | undefined {
    if (channel.lastFrame !== undefined) {
      this.channels.delete(channel.id);
      const { lastFrame } = channel;
      channel.lastFrame = undefined;
      return lastFrame;
    }
    if (channel.needsSnapshot) {
      channel.needsSnapshot = false;
      return channel.snapshot();
    }
    const frame = channel.waiting.shift();
    if (frame !== undefined) this.waitingBytes -= Buffer.byteLength(frame);
    return frame;
  }

  private write(channel: Channel, frame: Frame): void {
    channel.sent += 1;
    const line = toLine(channel.id, channel.sent, frame);
    this.behind = !this.options.sink.write(line);
  }

  private dropWaiting(): void {
    for (const channel of this.channels.values()) {
      if (channel.waiting.length > 0) channel.needsSnapshot = true;
      this.forget(channel);
    }
  }

  private forget(channel: Channel): void {
    for (const frame of channel.waiting) {
      this.waitingBytes -= Buffer.byteLength(frame);
    }
    channel.waiting.length = 0;
  }
}

/** One message of the stream. */
function toLine(id: string, sequence: number, frame: Frame): string {
  return `{"s":${JSON.stringify(id)},"n":${sequence},${frame}}\n`;
}
