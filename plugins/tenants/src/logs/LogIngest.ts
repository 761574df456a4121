// SPDX-License-Identifier: Apache-2.0
import type { LogBuffer } from './LogBuffer';
import type { LogBreak } from './LogRow';
import type { LogWork } from './work/LogWork';
import type { LogPart } from './work/parseChunk';

/** Text that is parsed and added in one frame at the most, in UTF-16 units. */
export const MAX_FRAME_UNITS = 512 * 1024;
/** Text that waits at the most, in UTF-16 units; then no more is read from the network. */
export const MAX_WAITING_UNITS = 8 * 1024 * 1024;

/** Runs a task in the next frame; the returned function takes it back. */
export type NextFrame = (task: () => void) => () => void;

/** What a {@link LogIngest} is built from. */
export type LogIngestOptions = {
  readonly buffer: LogBuffer;
  readonly work: LogWork;
  readonly frame: NextFrame;
  /** Rows were added. */
  readonly onAppend: () => void;
};

type Waiting =
  | { readonly kind: 'part'; readonly part: LogPart }
  | { readonly kind: 'break'; readonly add: () => LogBreak }
  | { readonly kind: 'note'; readonly take: () => void };

/** Brings what was read into the buffer: in order, once per frame, parsed elsewhere. */
export class LogIngest {
  readonly #options: LogIngestOptions;
  readonly #queue: Waiting[] = [];
  readonly #roomWaiters: (() => void)[] = [];
  #units = 0;
  #running = false;
  #closed = false;

  constructor(options: LogIngestOptions) {
    this.#options = options;
  }

  /** Adds whole lines of one container. */
  addLines(part: LogPart): void {
    this.#units += part.text.length;
    this.#queue.push({ kind: 'part', part });
    this.#start();
  }

  /** Adds a break after what was added before. `make` is called when its turn has come, with all rows before it in the buffer. */
  addBreak(make: () => LogBreak): void {
    this.#queue.push({ kind: 'break', add: make });
    this.#start();
  }

  /** Calls back when all that was added before is in the buffer, and nothing that is added later. */
  addNote(take: () => void): void {
    this.#queue.push({ kind: 'note', take });
    this.#start();
  }

  /** Resolves when there is room for more; at once as a rule. */
  room(): Promise<void> {
    if (this.#closed || this.#units <= MAX_WAITING_UNITS) {
      return Promise.resolve();
    }
    return new Promise(resolve => this.#roomWaiters.push(resolve));
  }

  /** Adds nothing any more. */
  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
    this.#wake();
  }

  #start(): void {
    if (this.#running || this.#closed) return;
    this.#running = true;
    this.#options.frame(() => void this.#addFrame());
  }

  async #addFrame(): Promise<void> {
    let left = MAX_FRAME_UNITS;
    while (left > 0 && this.#queue.length > 0) {
      left -= await this.#addRun(left);
    }
    this.#running = false;
    if (this.#closed) return;
    this.#wake();
    this.#options.onAppend();
    if (this.#queue.length > 0) this.#start();
  }

  /** Adds what is next but lines, or the lines up to the next break. Returns how much text it was. */
  async #addRun(limit: number): Promise<number> {
    const { buffer, work } = this.#options;
    const parts: LogPart[] = [];
    let units = 0;
    while (units < limit && this.#queue[0]?.kind === 'part') {
      const next = this.#queue.shift();
      if (next?.kind !== 'part') break;
      parts.push(next.part);
      units += next.part.text.length;
    }
    if (parts.length > 0) {
      const columns = await work.parse(parts);
      if (!this.#closed) buffer.append(columns);
    } else {
      const next = this.#queue.shift();
      if (next?.kind === 'break') buffer.appendBreak(next.add());
      else if (next?.kind === 'note') next.take();
    }
    this.#units -= units;
    return Math.max(1, units);
  }

  #wake(): void {
    if (!this.#closed && this.#units > MAX_WAITING_UNITS) return;
    for (const resolve of this.#roomWaiters.splice(0)) resolve();
  }
}
