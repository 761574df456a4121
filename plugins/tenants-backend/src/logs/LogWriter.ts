// SPDX-License-Identifier: Apache-2.0
import {
  LOG_LIMITS,
  type EndReason,
  type LogEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Clock } from '../time/Clock';
import type { LogGap } from './LogOutput';
import { neutralJson } from './neutralText';
import { StillReader } from './StillReader';

const SECOND_MS = 1_000;

/** Where a log answer goes. */
export interface LogSink {
  /** Answers false when the reader is behind: `drained` will be called. */
  write(text: string): boolean;
  /** Ends the answer. */
  close(): void;
  /** Breaks the answer off, so that nobody takes it for whole. */
  abort(): void;
}

type LogWriterOptions = {
  readonly clock: Clock;
  readonly bytesPerSecond?: number;
  /** `plain`: only what `text` is given, without messages. */
  readonly framing?: 'messages' | 'plain';
};

type Message = Readonly<Record<string, unknown>>;

/** The id that all messages of a log answer carry. */
const SUBSCRIPTION = 'logs';

/**
 * Writes a log answer, one message at a time and no faster than the reader and the limit allow. Whoever waits for `event` waits for the
 * reader: that is how a slow reader slows the API server down.
 */
export class LogWriter {
  /** Who reads. */
  readonly reader: StillReader;
  private readonly clock: Clock;
  private readonly bytesPerSecond: number;
  private readonly isPlain: boolean;
  private sequence = 0;
  private behind = false;
  private closed = false;
  private tail: Promise<void> = Promise.resolve();
  private resume?: () => void;
  private secondEnds = 0;
  private bytesInSecond = 0;
  private linesInSecond = 0;
  private isSlowed = false;

  constructor(private readonly sink: LogSink, options: LogWriterOptions) {
    this.clock = options.clock;
    this.reader = new StillReader(options.clock);
    this.bytesPerSecond = options.bytesPerSecond ?? LOG_LIMITS.bytesPerSecond;
    this.isPlain = options.framing === 'plain';
  }

  /** Resolves when the event is written and more may come, or when the answer is closed. @param lines - How many lines it carries. */
  event(event: LogEvent, lines = 0): Promise<void> {
    return this.inTurn(() => this.message({ t: 'event', d: event }), lines);
  }

  /** Says that lines between two times may be missing, and why. Resolves as `event` does. */
  gap(gap: LogGap): Promise<void> {
    return this.inTurn(() => this.message({ t: 'gap', d: gap }));
  }

  /** Writes text as it is. Resolves as `event` does. */
  text(text: string, lines: number): Promise<void> {
    return this.inTurn(() => this.write(text), lines);
  }

  /** A sign of life; left out when the reader is behind. */
  heartbeat(at: string | undefined): void {
    if (this.behind || this.closed) return;
    this.message({ t: 'heartbeat', at });
  }

  /** The last message. What still waits is dropped. */
  end(reason: EndReason, message: string): void {
    if (this.closed) return;
    this.message({ t: 'end', d: { reason, message } });
    this.close();
    if (this.isPlain && reason !== 'completed') this.sink.abort();
    else this.sink.close();
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

  private inTurn(write: () => void, lines = 0): Promise<void> {
    this.tail = this.tail.then(() => this.writeInTurn(write, lines));
    return this.tail;
  }

  private async writeInTurn(write: () => void, lines: number): Promise<void> {
    if (this.closed) return;
    this.startSecond();
    this.linesInSecond += lines;
    write();
    if (this.behind) await this.untilResumed();
    await this.withinRate();
  }

  private message(message: Message): void {
    if (this.isPlain) return;
    this.sequence += 1;
    const json = JSON.stringify({
      s: SUBSCRIPTION,
      n: this.sequence,
      ...message,
    });
    this.write(`${neutralJson(json)}\n`);
  }

  private write(text: string): void {
    this.bytesInSecond += Buffer.byteLength(text);
    if (!this.sink.write(text)) this.behind = true;
  }

  private startSecond(): void {
    const now = this.clock.now();
    if (now < this.secondEnds) return;
    const wasHeld = this.bytesInSecond > this.bytesPerSecond;
    if (this.isSlowed && !wasHeld) this.tellSlowed(false);
    this.secondEnds = now + SECOND_MS;
    this.bytesInSecond = 0;
    this.linesInSecond = 0;
  }

  private async withinRate(): Promise<void> {
    if (this.bytesInSecond <= this.bytesPerSecond || this.closed) return;
    if (!this.isSlowed) this.tellSlowed(true);
    let cancel = () => {};
    await new Promise<void>(resolve => {
      this.resume = resolve;
      cancel = this.clock.after(this.secondEnds - this.clock.now(), resolve);
    });
    cancel();
    this.resume = undefined;
  }

  private tellSlowed(slowed: boolean): void {
    this.isSlowed = slowed;
    const d: LogEvent = {
      type: 'slowed',
      slowed,
      bytesPerSecond: this.bytesPerSecond,
      linesPerSecond: this.linesInSecond,
    };
    this.message({ t: 'event', d });
  }

  private async untilResumed(): Promise<void> {
    this.reader.waits();
    while (this.behind && !this.closed) {
      await new Promise<void>(resolve => {
        this.resume = resolve;
      });
    }
    this.resume = undefined;
    this.reader.moves();
  }
}
