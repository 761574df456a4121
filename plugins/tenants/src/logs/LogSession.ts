// SPDX-License-Identifier: Apache-2.0
import {
  LOG_LIMITS,
  type EndReason,
  type LogEvent,
  type LogMessage,
  type LogSelection,
  type LogSource,
  type TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Problem } from '../live/Live';
import type { LiveEnvironment } from '../live/LiveEnvironment';
import { NOTIFY_MS } from '../live/LiveStream';
import { problemOf } from '../live/problemOf';
import { reconnectDelay } from '../live/reconnectDelay';
import { LogBuffer } from './LogBuffer';
import { splitWireLines, toLogLine } from './wireLines';
import { LogResume, sourceKey } from './LogResume';

/** What a log is doing. */
export type LogStatus =
  | { readonly state: 'starting' | 'waiting' | 'following' | 'paused' }
  | { readonly state: 'reconnecting'; readonly since: number }
  | { readonly state: 'ended'; readonly reason: EndReason }
  | { readonly state: 'failed'; readonly problem: Problem };

/** Where the log of a container ended. */
export type LogEnd = {
  /** Key of the row that says so. */
  readonly key: number;
  readonly source: LogSource;
  /** Time of the line before, in milliseconds since the epoch; NaN when there was none. */
  readonly after: number;
};

/** The state of a log at one moment. */
export type LogSnapshot = {
  readonly status: LogStatus;
  readonly buffer: LogBuffer;
  /** Containers in the order in which they came. */
  readonly sources: readonly LogSource[];
  readonly firstKey: number;
  readonly endKey: number;
  readonly errors: number;
  /** The last end of each container's log. */
  readonly ends: readonly LogEnd[];
};

/** What a log session is built from. */
export type LogSessionOptions = {
  readonly api: Pick<TenantsApi, 'openLogs'>;
  readonly env: LiveEnvironment;
  readonly tenant: string;
  readonly selection: LogSelection;
};

/** Reasons after which asking again would give the same answer. */
const FINAL: readonly EndReason[] = ['completed', 'forbidden', 'deleted'];
/** HTTP answers after which asking again at once makes no sense. */
const FINAL_STATUS: readonly number[] = [400, 401, 403, 404];

/**
 * Reads the log of one selection into a buffer.
 *
 * States: starting → waiting (connected, no line) → following → ended | failed;
 * from each of them reconnecting after a drop, with jittered backoff; a hidden tab closes the request and resumes later.
 */
export class LogSession {
  readonly #options: LogSessionOptions;
  readonly #buffer = new LogBuffer();
  readonly #resume = new LogResume();
  readonly #known = new Map<string, LogSource>();
  /** When each known container last wrote. */
  readonly #lastAt = new Map<string, number>();
  readonly #ends = new Map<string, LogEnd>();
  readonly #listeners = new Set<() => void>();
  #status: LogStatus = { state: 'starting' };
  #snapshot: LogSnapshot;
  #attempt: AbortController | undefined;
  #cancelNotify: (() => void) | undefined;

  constructor(options: LogSessionOptions) {
    this.#options = options;
    this.#snapshot = this.#take();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): LogSnapshot => this.#snapshot;

  /** Reads until the log ends or `signal` fires. */
  async run(signal: AbortSignal): Promise<void> {
    const { env } = this.#options;
    const stopWatching = env.onVisibilityChange(() => this.#attempt?.abort());
    signal.addEventListener('abort', () => this.#attempt?.abort());
    let tries = 0;
    while (!signal.aborted) {
      this.#attempt = new AbortController();
      if (!env.isVisible()) {
        await this.#pause(this.#attempt.signal);
        continue;
      }
      const before = this.#buffer.endKey;
      const final = await this.#readOnce(this.#attempt.signal);
      if (final || signal.aborted) break;
      tries = this.#buffer.endKey > before ? 0 : tries + 1;
      if (env.isVisible()) await this.#wait(tries);
    }
    stopWatching();
  }

  #pause(signal: AbortSignal): Promise<void> {
    this.#setStatus({ state: 'paused' });
    return new Promise(resolve => {
      signal.addEventListener('abort', () => resolve());
    });
  }

  async #wait(tries: number): Promise<void> {
    const { env } = this.#options;
    if (this.#status.state !== 'reconnecting') {
      this.#setStatus({ state: 'reconnecting', since: env.now() });
    }
    const attempt = new AbortController();
    this.#attempt = attempt;
    await new Promise<void>(resolve => {
      const cancel = env.schedule(reconnectDelay(tries, env.random()), resolve);
      attempt.signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }

  /** Reads one answer; `true` means that there is nothing more to ask for. */
  async #readOnce(signal: AbortSignal): Promise<boolean> {
    const { api, tenant, selection } = this.#options;
    const { sinceTime } = this.#resume;
    const again = sinceTime !== undefined;
    this.#resume.reconnect();
    const sources = new Map<number, LogSource>();
    const query = again
      ? { ...selection, sinceTime, tailLines: LOG_LIMITS.maxTailLines }
      : selection;
    let first = again;
    try {
      for await (const message of api.openLogs(tenant, query, { signal })) {
        if (signal.aborted) return false;
        if (first) this.#buffer.append({ kind: 'reconnected' });
        first = false;
        if (this.#takeMessage(message, sources)) return true;
      }
      return false;
    } catch (error) {
      return !signal.aborted && this.#takeFailure(problemOf(error));
    }
  }

  #takeFailure(problem: Problem): boolean {
    const final =
      problem.kind === 'contract' ||
      (problem.kind === 'http' && FINAL_STATUS.includes(problem.status)) ||
      this.#status.state === 'starting';
    if (final) this.#setStatus({ state: 'failed', problem });
    return final;
  }

  #takeMessage(message: LogMessage, sources: Map<number, LogSource>): boolean {
    switch (message.type) {
      case 'event':
        this.#takeEvent(message.event, sources);
        return false;
      case 'gap': {
        const { from, to, reason } = message;
        this.#buffer.append({ kind: 'gap', from, to, reason });
        this.#notifySoon();
        return false;
      }
      case 'heartbeat':
        this.#connected();
        return false;
      case 'end':
        if (!FINAL.includes(message.reason) && message.reason !== 'limit') {
          return false;
        }
        this.#setStatus({ state: 'ended', reason: message.reason });
        return true;
      default:
        return message satisfies never;
    }
  }

  #takeEvent(event: LogEvent, sources: Map<number, LogSource>): void {
    this.#connected();
    if (event.type === 'source') {
      const key = sourceKey(event.source);
      const known = this.#known.get(key) ?? event.source;
      this.#known.set(key, known);
      sources.set(event.source.id, known);
      return;
    }
    const source = sources.get(event.source);
    if (!source) return;
    if (event.type === 'sourceEnded') {
      this.#takeSourceEnd(source, event.reason, event.message);
      return;
    }
    for (const line of splitWireLines(event.text)) {
      if (this.#resume.isNew(source, line)) {
        const row = toLogLine(line, source);
        this.#lastAt.set(sourceKey(source), row.at);
        this.#buffer.append(row);
      }
    }
    if (this.#status.state !== 'following') {
      this.#setStatus({ state: 'following' });
    }
  }

  #takeSourceEnd(source: LogSource, reason: string, message: string): void {
    const name = sourceKey(source);
    const after = this.#lastAt.get(name) ?? Number.NaN;
    this.#ends.set(name, { key: this.#buffer.endKey, source, after });
    this.#buffer.append({ kind: 'sourceEnded', source, reason, message });
  }

  #connected(): void {
    const { state } = this.#status;
    if (state !== 'waiting' && state !== 'following') {
      const seen = this.#buffer.endKey > 0;
      this.#setStatus({ state: seen ? 'following' : 'waiting' });
    }
    this.#notifySoon();
  }

  #setStatus(status: LogStatus): void {
    this.#status = status;
    this.#notifySoon();
  }

  #take(): LogSnapshot {
    const { firstKey, endKey, errors } = this.#buffer;
    return {
      status: this.#status,
      buffer: this.#buffer,
      sources: [...this.#known.values()],
      firstKey,
      endKey,
      errors,
      ends: [...this.#ends.values()],
    };
  }

  #notifySoon(): void {
    this.#cancelNotify ??= this.#options.env.schedule(NOTIFY_MS, () => {
      this.#cancelNotify = undefined;
      this.#snapshot = this.#take();
      for (const listener of [...this.#listeners]) listener();
    });
  }
}
