// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ContainerRun, LogLine } from '../logs/LogSource';

/** Lines that wait for a reader’s socket while following; a reader further behind is ended. */
const MAX_WAITING_LINES = 100_000;
/** Text written to the socket at a time. */
const CHUNK_CHARACTERS = 64 * 1024;

/** What part of a log is wanted. `limit` counts down the bytes left. */
export type LogShape = {
  readonly since: number;
  readonly tail: number | undefined;
  readonly timestamps: boolean;
  limit: number;
};

/** Writes lines to a socket no faster than it takes them. */
export class LogReader {
  private ended = false;
  private wake: (() => void) | undefined;

  constructor(
    private readonly shape: LogShape,
    private readonly response: ServerResponse,
    private waiting: LogLine[],
  ) {}

  async follow(run: ContainerRun): Promise<void> {
    const wakeUp = () => this.wake?.();
    const stop = run.follow(line => {
      if (line === undefined || this.waiting.length >= MAX_WAITING_LINES)
        this.ended = true;
      else if (line.at >= this.shape.since) this.waiting.push(line);
      wakeUp();
    });
    this.response.once('close', wakeUp);
    try {
      while (!this.finished()) {
        await this.drain();
        if (this.finished()) break;
        await new Promise<void>(resolve => {
          this.wake = resolve;
        });
      }
      await this.drain();
    } finally {
      stop();
    }
  }

  async drain(): Promise<void> {
    while (
      this.waiting.length > 0 &&
      this.shape.limit > 0 &&
      !this.response.destroyed
    ) {
      const lines = this.waiting;
      this.waiting = [];
      for (const chunk of this.chunks(lines)) {
        if (this.response.destroyed || this.response.write(chunk)) continue;
        const closed = new AbortController();
        this.response.once('close', () => closed.abort());
        await once(this.response, 'drain', { signal: closed.signal }).catch(
          () => undefined,
        );
      }
    }
  }

  private finished(): boolean {
    return (
      this.response.destroyed ||
      this.shape.limit <= 0 ||
      (this.ended && this.waiting.length === 0)
    );
  }

  private *chunks(lines: readonly LogLine[]): Generator<Buffer> {
    let text = '';
    for (const line of lines) {
      text += this.shape.timestamps
        ? `${nanoTime(line.at)} ${line.text}\n`
        : `${line.text}\n`;
      if (text.length < CHUNK_CHARACTERS) continue;
      yield this.limited(text);
      text = '';
    }
    if (text) yield this.limited(text);
  }

  private limited(text: string): Buffer {
    const bytes = Buffer.from(text);
    const cut =
      bytes.length > this.shape.limit
        ? bytes.subarray(0, Math.max(0, this.shape.limit))
        : bytes;
    this.shape.limit -= cut.length;
    return cut;
  }
}

function nanoTime(at: number): string {
  return new Date(at).toISOString().replace(/(\.\d{3})Z$/, '$1000000Z');
}
