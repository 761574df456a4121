// SPDX-License-Identifier: Apache-2.0
import type { HitRange } from '../search/LogMatcher';
import { answerWork } from './answerWork';
import type { LogColumns } from './LogColumns';
import {
  LogWorkTimeoutError,
  type LogWork,
  type WorkAnswer,
  type WorkRequest,
} from './LogWork';
import type { LogPart } from './parseChunk';
import type { MarkJob, SearchJob } from './searchChunk';

/** What is used of a `Worker`. */
export interface WorkerPort {
  onmessage: ((event: MessageEvent<WorkAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: WorkRequest): void;
  terminate(): void;
}

/** What {@link WorkerLogWork} is built from. */
export type WorkerLogWorkOptions = {
  readonly open: () => WorkerPort;
  /** Runs a task later; the returned function takes it back. */
  readonly schedule: (ms: number, task: () => void) => () => void;
};

type Pending = {
  readonly request: WorkRequest;
  readonly resolve: (answer: WorkAnswer) => void;
  readonly reject: (error: Error) => void;
};

/** Longest time for one block of lines. A search of a million lines asks for some 250 blocks. */
export const WORK_LIMIT_MS = 2_000;

/**
 * Has the work done by a worker, one piece at a time and in order. A search that takes too long is ended with its worker; a new
 * worker goes on with what waits, so that a bad pattern costs nobody a line.
 */
export class WorkerLogWork implements LogWork {
  readonly #options: WorkerLogWorkOptions;
  readonly #waiting: Pending[] = [];
  #port: WorkerPort | undefined;
  #current: Pending | undefined;
  #cancelLimit: (() => void) | undefined;
  #answered = false;
  #broken = false;
  #closed = false;

  constructor(options: WorkerLogWorkOptions) {
    this.#options = options;
  }

  parse(job: readonly LogPart[]): Promise<LogColumns> {
    return this.#ask({ kind: 'parse', job }) as Promise<LogColumns>;
  }

  search(job: SearchJob): Promise<Uint32Array> {
    return this.#ask({ kind: 'search', job }) as Promise<Uint32Array>;
  }

  mark(job: MarkJob): Promise<HitRange[][]> {
    return this.#ask({ kind: 'mark', job }) as Promise<HitRange[][]>;
  }

  close(): void {
    this.#closed = true;
    this.#cancelLimit?.();
    this.#port?.terminate();
    this.#waiting.length = 0;
  }

  #ask(request: WorkRequest): Promise<WorkAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#current || this.#closed) return;
    this.#current = this.#waiting.shift();
    if (!this.#current) return;
    const port = this.#broken ? undefined : this.#port ?? this.#tryOpen();
    if (!port) {
      const { answer } = answerWork(this.#current.request);
      this.#settle(pending => pending.resolve(answer));
      return;
    }
    if (this.#current.request.kind !== 'parse') {
      this.#cancelLimit = this.#options.schedule(WORK_LIMIT_MS, () =>
        this.#fail(new LogWorkTimeoutError()),
      );
    }
    port.postMessage(this.#current.request);
  }

  /** A browser refuses workers of another origin, as where the portal's files come from a network of their own. */
  #tryOpen(): WorkerPort | undefined {
    try {
      this.#port = this.#open();
    } catch {
      this.#broken = true;
    }
    return this.#port;
  }

  #open(): WorkerPort {
    const port = this.#options.open();
    port.onmessage = event => {
      this.#answered = true;
      this.#settle(pending => pending.resolve(event.data));
    };
    port.onerror = event => this.#takeError(event.message);
    return port;
  }

  /** A worker that never answered is not there, as behind a strict policy of the portal: the work is then done here. */
  #takeError(message: string): void {
    const pending = this.#current;
    if (this.#answered || !pending) {
      this.#fail(new Error(`The log worker failed: ${message}`));
      return;
    }
    this.#broken = true;
    this.#port?.terminate();
    this.#current = undefined;
    this.#cancelLimit?.();
    this.#waiting.unshift(pending);
    this.#next();
  }

  #fail(error: Error): void {
    this.#port?.terminate();
    this.#port = undefined;
    this.#settle(pending => pending.reject(error));
  }

  #settle(finish: (pending: Pending) => void): void {
    const pending = this.#current;
    this.#cancelLimit?.();
    this.#cancelLimit = undefined;
    this.#current = undefined;
    if (pending) finish(pending);
    this.#next();
  }
}
