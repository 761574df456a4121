// SPDX-License-Identifier: Apache-2.0
import {
  formatLogPosition,
  LOG_LIMITS,
  type EndReason,
  type LogMessage,
  type LogSelection,
  type LogExit,
  type LogSource,
  type TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Problem } from '../live/Live';
import type { LiveEnvironment } from '../live/LiveEnvironment';
import { problemOf } from '../live/problemOf';
import { reconnectDelay } from '../live/reconnectDelay';
import { LogBuffer } from './LogBuffer';
import { LogIngest, type NextFrame } from './LogIngest';
import { LogIntake, type LogEnd, type LogFound } from './LogIntake';
import { readOlder } from './readOlder';
import { inlineLogWork, type LogWork } from './work/LogWork';

/** What a log is doing. */
export type LogStatus =
  | { readonly state: 'starting' | 'waiting'; readonly since: number }
  | { readonly state: 'following' | 'paused' }
  /** Another tab has its place now. */
  | { readonly state: 'given' }
  | { readonly state: 'reconnecting'; readonly since: number }
  | { readonly state: 'ended'; readonly reason: EndReason }
  | { readonly state: 'failed'; readonly problem: Problem };

/** The state of a log at one moment. */
export type LogSnapshot = {
  readonly status: LogStatus;
  readonly buffer: LogBuffer;
  /** Containers in the order in which they came. */
  readonly sources: readonly LogSource[];
  readonly firstKey: number;
  readonly endKey: number;
  /** Rows that were let go. */
  readonly letGo: number;
  readonly errors: number;
  /** Values that were masked. */
  readonly masked: number;
  /** The last end of each container's log. */
  readonly ends: readonly LogEnd[];
  /** How containers ended of which that was told later, by key of the row. */
  readonly exits: ReadonlyMap<number, LogExit>;
  /** Whether the line that was asked for is there. */
  readonly found: LogFound | undefined;
};

/** What a log session is built from. */
export type LogSessionOptions = {
  readonly api: Pick<TenantsApi, 'openLogs'>;
  readonly env: LiveEnvironment;
  readonly tenant: string;
  readonly selection: LogSelection;
  /** Left out, the work is done in place. */
  readonly work?: LogWork;
  /** Left out, a frame is {@link FRAME_MS} long. */
  readonly frame?: NextFrame;
};

/** Length of a frame where nobody draws. */
export const FRAME_MS = 16;

/** Reasons after which asking again would give the same answer. */
const FINAL: readonly EndReason[] = [
  'completed',
  'forbidden',
  'deleted',
  'limit',
];
/** HTTP answers after which asking again at once makes no sense. */
const FINAL_STATUS: readonly number[] = [400, 401, 403, 404];
/** How the portal says that a user has too many streams. */
export const TOO_MANY = 429;

/**
 * Reads the log of one selection into a buffer.
 *
 * States: starting → waiting (connected, no line) → following → ended | failed;
 * from each of them reconnecting after a drop, with jittered backoff; a hidden tab closes the request and goes on later.
 */
export class LogSession {
  readonly #options: LogSessionOptions;
  readonly #buffer = new LogBuffer();
  readonly #ingest: LogIngest;
  readonly #intake: LogIntake;
  readonly #frame: NextFrame;
  readonly #work: LogWork;
  readonly #listeners = new Set<() => void>();
  #status: LogStatus;
  #snapshot: LogSnapshot;
  #attempt: AbortController | undefined;
  #cancelNotify: (() => void) | undefined;
  #given = false;

  constructor(options: LogSessionOptions) {
    this.#options = options;
    const { env, work = inlineLogWork } = options;
    this.#work = work;
    this.#frame = options.frame ?? (task => env.schedule(FRAME_MS, task));
    this.#ingest = new LogIngest({
      buffer: this.#buffer,
      work,
      frame: this.#frame,
      onAppend: () => this.#notify(),
    });
    this.#intake = new LogIntake(this.#buffer, this.#ingest);
    this.#status = { state: 'starting', since: env.now() };
    this.#snapshot = this.#take();
  }

  /** Looks through lines and marks hits in them. */
  get work(): LogWork {
    return this.#work;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): LogSnapshot => this.#snapshot;

  /** The position of a line, for links and for the lines around it; `undefined` for breaks and before the portal named its container. */
  readonly positionOf = (key: number): string | undefined => {
    const row = this.#buffer.get(key);
    if (row?.kind !== 'line' || row.source.key === undefined) return undefined;
    return formatLogPosition({
      key: row.source.key,
      time: this.#buffer.writtenTime(key),
      index: this.#buffer.indexAtTime(key),
    });
  };

  /** Reads lines from before the first that is held. Returns how many there were. */
  readonly loadOlder = async (signal: AbortSignal): Promise<number> => {
    const { api, tenant, selection } = this.#options;
    const added = await readOlder({
      api,
      tenant,
      selection,
      buffer: this.#buffer,
      work: this.#work,
      positionOf: this.positionOf,
      signal,
    });
    this.#notify();
    return added;
  };

  /** Stops for good, so that another tab may read; what is held stays. */
  readonly give = (): void => {
    if (['ended', 'failed', 'given'].includes(this.#status.state)) return;
    this.#given = true;
    this.#attempt?.abort();
    this.#setStatus({ state: 'given' });
  };

  /** Reads until the log ends, it is given away or `signal` fires. */
  async run(signal: AbortSignal): Promise<void> {
    const { env } = this.#options;
    const stopWatching = env.onVisibilityChange(() => this.#attempt?.abort());
    signal.addEventListener('abort', () => this.#attempt?.abort());
    let tries = 0;
    while (!signal.aborted && !this.#given) {
      this.#attempt = new AbortController();
      if (!env.isVisible()) {
        await this.#pause(this.#attempt.signal);
        continue;
      }
      const before = this.#intake.received;
      const final = await this.#readOnce(this.#attempt.signal);
      if (final || signal.aborted || this.#given) break;
      tries = this.#intake.received > before ? 0 : tries + 1;
      if (env.isVisible()) await this.#wait(tries);
    }
    stopWatching();
    if (signal.aborted) this.#ingest.close();
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
    const { resumption } = this.#intake;
    const again = resumption !== undefined;
    this.#intake.connect();
    const query: LogSelection = again
      ? {
          ...selection,
          ...resumption,
          tailLines: LOG_LIMITS.maxTailLines,
          sinceSeconds: undefined,
        }
      : selection;
    let first = again;
    const opened = { ...query, mixed: true };
    try {
      for await (const message of api.openLogs(tenant, opened, { signal })) {
        if (signal.aborted) return false;
        if (first) this.#intake.addReconnected();
        first = false;
        if (this.#takeMessage(message)) return true;
        await this.#ingest.room();
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

  #takeMessage(message: LogMessage): boolean {
    switch (message.type) {
      case 'event':
        this.#intake.take(message.event);
        this.#connected();
        return false;
      case 'gap':
        this.#intake.addGap(message);
        return false;
      case 'heartbeat':
        this.#connected();
        return false;
      case 'end':
        if (!FINAL.includes(message.reason)) return false;
        this.#setStatus({ state: 'ended', reason: message.reason });
        return true;
      default:
        return message satisfies never;
    }
  }

  #connected(): void {
    const { state } = this.#status;
    if (this.#intake.received > 0) {
      if (state !== 'following') this.#setStatus({ state: 'following' });
    } else if (state !== 'waiting') {
      this.#setStatus({ state: 'waiting', since: this.#options.env.now() });
    }
    this.#notifySoon();
  }

  #setStatus(status: LogStatus): void {
    this.#status = status;
    this.#notifySoon();
  }

  #take(): LogSnapshot {
    const { firstKey, endKey, letGo, errors } = this.#buffer;
    const { sources, ends, exits, masked, found } = this.#intake;
    return {
      status: this.#status,
      buffer: this.#buffer,
      sources,
      firstKey,
      endKey,
      letGo,
      errors,
      masked,
      ends,
      exits,
      found,
    };
  }

  #notifySoon(): void {
    this.#cancelNotify ??= this.#frame(() => this.#notify());
  }

  #notify(): void {
    this.#cancelNotify?.();
    this.#cancelNotify = undefined;
    this.#snapshot = this.#take();
    for (const listener of [...this.#listeners]) listener();
  }
}
