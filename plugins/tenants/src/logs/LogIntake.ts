// SPDX-License-Identifier: Apache-2.0
import type {
  LogEvent,
  LogExit,
  LogSource,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LogBuffer } from './LogBuffer';
import type { LogIngest } from './LogIngest';
import { LogResume } from './LogResume';
import { sourceKey } from './sourceKey';

/** Where the log of a container ended. */
export type LogEnd = {
  /** Key of the row that says so. */
  readonly key: number;
  readonly source: LogSource;
  /** Time of the line before, in milliseconds since the epoch; NaN when there was none. */
  readonly after: number;
  /** How the container ended, where the portal knew by then. */
  readonly exit?: LogExit;
};

/** Whether the line of a permalink is still there. */
export type LogFound = {
  readonly found: boolean;
  /** How far back the log reaches. */
  readonly oldest?: string;
};

type EventOf<T extends LogEvent['type']> = Extract<LogEvent, { type: T }>;

/** Takes what the portal tells of a log into the buffer, and remembers where to go on. */
export class LogIntake {
  readonly #buffer: LogBuffer;
  readonly #ingest: LogIngest;
  readonly #resume = new LogResume();
  readonly #known = new Map<string, LogSource>();
  readonly #ends = new Map<string, LogEnd>();
  readonly #exits = new Map<number, LogExit>();
  /** By key of the container; each names its container itself. */
  readonly #cursors = new Map<string, string>();
  #connected = new Map<number, LogSource>();
  #lossless = true;
  #masked = 0;
  #maskedBefore = 0;
  #found: LogFound | undefined;
  /** Batches of lines that came. */
  received = 0;

  constructor(buffer: LogBuffer, ingest: LogIngest) {
    this.#buffer = buffer;
    this.#ingest = ingest;
  }

  /** Containers in the order in which they came. */
  get sources(): LogSource[] {
    return [...this.#known.values()];
  }

  /** The last end of each container's log. */
  get ends(): LogEnd[] {
    return [...this.#ends.values()];
  }

  /** How containers ended of which the portal told it later, by key of the row that says that they did. */
  get exits(): ReadonlyMap<number, LogExit> {
    return this.#exits;
  }

  /** Values that were masked in what was read. */
  get masked(): number {
    return this.#maskedBefore + this.#masked;
  }

  /** `undefined` unless a line was asked for and is answered. */
  get found(): LogFound | undefined {
    return this.#found;
  }

  /** What to ask for to go on; `undefined` when nothing was read yet. */
  get resumption(): { after: string[] } | { sinceTime: string } | undefined {
    if (this.#cursors.size > 0) {
      return { after: [...this.#cursors.values()] };
    }
    const { sinceTime } = this.#resume;
    return sinceTime === undefined ? undefined : { sinceTime };
  }

  /** Call before the first event of a connection. */
  connect(): void {
    this.#resume.reconnect();
    this.#connected = new Map();
    // Behind its cursors the portal goes on exactly, or tells a gap.
    this.#lossless = this.#cursors.size > 0;
    this.#maskedBefore += this.#masked;
    this.#masked = 0;
  }

  /** Adds a row that says that the connection came back. */
  addReconnected(): void {
    this.#ingest.addBreak(() => ({
      kind: 'reconnected',
      lossless: this.#lossless,
    }));
  }

  addGap(gap: { from: string; to: string; reason: string; source?: number }) {
    const { from, to, reason } = gap;
    this.#lossless = false;
    const source =
      gap.source === undefined ? undefined : this.#connected.get(gap.source);
    this.#ingest.addBreak(() => ({ kind: 'gap', from, to, reason, source }));
  }

  take(event: LogEvent): void {
    switch (event.type) {
      case 'source':
        return this.#takeSource(event.source);
      case 'lines':
        return this.#takeLines(event);
      case 'mixed':
        return this.#takeMixed(event);
      case 'sourceEnded':
        return this.#takeEnd(event);
      case 'progress':
        this.#masked = event.masked;
        return this.#noteCursors(event.cursors);
      case 'position':
        this.#found = { found: event.found, oldest: event.oldest };
        return undefined;
      case 'slowed':
        return this.#takeSlowed(event);
      case 'leftOut': {
        const { pods, total } = event;
        return this.#ingest.addBreak(() => ({ kind: 'leftOut', pods, total }));
      }
      default:
        // A newer portal tells more.
        return undefined;
    }
  }

  #takeSource(source: LogSource): void {
    const key = sourceKey(source);
    const isNew = !this.#known.has(key);
    const known = this.#known.get(key) ?? source;
    this.#known.set(key, known);
    this.#connected.set(source.id, known);
    if (!isNew && source.resumed === 'exact') this.#resume.forget(known);
    const { runBefore } = source;
    if (runBefore) this.#ingest.addNote(() => this.#noteExit(key, runBefore));
    if (isNew && source.joined) {
      this.#ingest.addBreak(() => ({ kind: 'joined', source: known }));
    }
  }

  #noteExit(key: string, exit: LogExit): void {
    const end = this.#ends.get(key);
    if (end) this.#exits.set(end.key, exit);
    for (const row of this.#exits.keys()) {
      if (row < this.#buffer.firstKey) this.#exits.delete(row);
    }
  }

  #takeLines(event: EventOf<'lines'>): void {
    const source = this.#connected.get(event.source);
    if (!source) return;
    if (event.cursor) this.#noteCursor(source, event.cursor);
    const text = this.#resume.takeNew(source, event.text);
    if (text === undefined) return;
    this.received += 1;
    const id = this.#buffer.sourceId(source);
    const count = text === event.text ? undefined : text.split('\n').length;
    // What is known of each line fits all of them only.
    const facts = count === undefined ? event : {};
    this.#ingest.addLines({ ...facts, runs: [id, count ?? Infinity], text });
  }

  #takeMixed(event: EventOf<'mixed'>): void {
    const { runs, cursors, ...rest } = event;
    this.#noteCursors(cursors);
    const own: number[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const source = this.#connected.get(runs[i]);
      if (!source) return;
      own.push(this.#buffer.sourceId(source), runs[i + 1]);
    }
    this.received += 1;
    this.#ingest.addLines({ ...rest, runs: own });
  }

  #takeEnd(event: EventOf<'sourceEnded'>): void {
    const source = this.#connected.get(event.source);
    if (!source) return;
    if (event.cursor) this.#noteCursor(source, event.cursor);
    const { reason, message, exit } = event;
    this.#ingest.addBreak(() => {
      const after = this.#buffer.lastTimeOf(this.#buffer.sourceId(source));
      const key = this.#buffer.endKey;
      this.#ends.set(sourceKey(source), { key, source, after, exit });
      return { kind: 'sourceEnded', source, reason, message, exit };
    });
  }

  #takeSlowed(event: EventOf<'slowed'>): void {
    if (!event.slowed) return;
    const { bytesPerSecond, linesPerSecond } = event;
    this.#ingest.addBreak(() => ({
      kind: 'slowed',
      bytesPerSecond,
      linesPerSecond,
    }));
  }

  #noteCursors(cursors: { readonly [id: string]: string }): void {
    for (const [id, cursor] of Object.entries(cursors)) {
      const source = this.#connected.get(Number(id));
      if (source) this.#noteCursor(source, cursor);
    }
  }

  #noteCursor(source: LogSource, cursor: string): void {
    if (source.key) this.#cursors.set(source.key, cursor);
  }
}
