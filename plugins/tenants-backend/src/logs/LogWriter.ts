// SPDX-License-Identifier: Apache-2.0
import {
  LOG_LIMITS,
  type EndReason,
  type LogEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Clock } from '../time/Clock';

const SECOND_MS = 1_000;

/** Where a log answer goes. */
export interface LogSink {
  /** Answers false when the reader is behind: `drained` will be called. */
  write(line: string): boolean;
  close(): void;
}

type Message = Readonly<Record<string, unknown>>;

/** The id that all messages of a log answer carry. */
const SUBSCRIPTION = 'logs';

/**
 * Writes a log answer in the framing of the stream, one event at a time and no faster than the reader and the limit allow. Whoever
 * waits for `event` waits for the reader: that is how a slow reader slows the API server down.
 */
export class LogWriter {
  private sequence = 0;
  private behind = false;
  private closed = false;
  private tail: Promise<void> = Promise.resolve();
  private resume?: () => void;
  private secondEnds = 0;
  private bytesInSecond = 0;

  constructor(private readonly sink: LogSink, private readonly clock: Clock) {}

  /** Resolves when the event is written and more may come, or when the answer is closed. */
  event(event: LogEvent): Promise<void> {
    return this.inTurn({ t: 'event', d: event });
  }

  /** Says that lines between two times may be missing, and why. Resolves as `event` does. */
  gap(from: string, to: string, reason: string): Promise<void> {
    return this.inTurn({ t: 'gap', d: { from, to, reason } });
  }

  /** A sign of life; left out when the reader is behind. */
  heartbeat(at: string | undefined): void {
    if (this.behind || this.closed) return;
    this.write({ t: 'heartbeat', at });
  }

  /** The last message. What still waits is dropped. */
  end(reason: EndReason, message: string): void {
    if (this.closed) return;
    this.write({ t: 'end', d: { reason, message } });
    this.close();
    this.sink.close();
  }

  /** The reader has taken everything written so far. */
  drained(): void {
    this.behind = false;
    this.resume?.();
  }

  /** The reader has left. */
  close(): void {
    this.closed = true;
    this.resume?.();
  }

  private inTurn(message: Message): Promise<void> {
    this.tail = this.tail.then(() => this.writeInTurn(message));
    return this.tail;
  }

  private async writeInTurn(message: Message): Promise<void> {
    if (this.closed) return;
    this.startSecond();
    this.write(message);
    if (this.behind) await this.untilResumed();
    await this.withinRate();
  }

  private write(message: Message): void {
    this.sequence += 1;
    const line = `${JSON.stringify({
      s: SUBSCRIPTION,
      n: this.sequence,
      ...message,
    })}\n`;
    this.bytesInSecond += Buffer.byteLength(line);
    if (!this.sink.write(line)) this.behind = true;
  }

  private startSecond(): void {
    const now = this.clock.now();
    if (now < this.secondEnds) return;
    this.secondEnds = now + SECOND_MS;
    this.bytesInSecond = 0;
  }

  private async withinRate(): Promise<void> {
    const now = this.clock.now();
    if (this.bytesInSecond <= LOG_LIMITS.bytesPerSecond || this.closed) return;
    let cancel = () => {};
    await new Promise<void>(resolve => {
      this.resume = resolve;
      cancel = this.clock.after(this.secondEnds - now, resolve);
    });
    cancel();
    this.resume = undefined;
  }

  private async untilResumed(): Promise<void> {
    while (this.behind && !this.closed) {
      await new Promise<void>(resolve => {
        this.resume = resolve;
      });
    }
    this.resume = undefined;
  }
}
