// SPDX-License-Identifier: Apache-2.0
import {
  STREAM_LIMITS,
  type EndReason,
  type StreamMessage,
  type TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  topicKey,
  type Connection,
  type Live,
  type LiveTopic,
  type Problem,
} from './Live';
import {
  foldMessage,
  toSubscription,
  type LiveEntry,
  type TopicParser,
} from './LiveEntry';
import type { LiveEnvironment } from './LiveEnvironment';
import { problemOf } from './problemOf';
import { reconnectDelay } from './reconnectDelay';

/** An outage of this length is said aloud. */
export const STALE_AFTER_MS = 10_000;
/** Two heartbeats and a little: silence for longer means that the connection is dead. */
export const SILENCE_MS = STREAM_LIMITS.heartbeatMs * 2 + 5_000;
/** A subscription that was opened without a cursor is answered by then; else the portal is taken not to work, however it goes on beating. */
export const ANSWER_MS = 20_000;
/** Values of topics nobody follows any more that are kept for going back. */
export const MAX_IDLE_ENTRIES = 16;
/** Changes within this time reach the pages as one. */
export const NOTIFY_MS = 50;
/** Changes of the subscription set within this time open one stream. */
export const REOPEN_MS = 20;

/** What a live stream is built from. */
export type LiveStreamOptions = {
  readonly api: Pick<TenantsApi, 'openStream'>;
  readonly env: LiveEnvironment;
  /** Checks each snapshot; patches keep what was checked. */
  readonly parse: TopicParser;
};

type Followed = { entry: LiveEntry; live: Live<unknown>; users: number };
type Outcome = { next: 'again' | 'wait'; problem?: Problem };

/** Why an attempt was given up on purpose, as opposed to a dead connection. */
const REOPEN = Symbol('reopen');

/**
 * The one stream of a tab: carries every subscription of every page, folds what arrives, and comes back by itself.
 *
 * States: idle (nothing followed, or the tab is hidden) → open → waiting (after a drop, with jittered backoff) → open …
 * A change of the set of subscriptions, a hidden tab and `tryNow` end the present attempt; the loop then looks again at what is wanted.
 * Invariant: at most one attempt runs at a time, because only `#run` opens streams and only one `#run` is alive.
 */
export class LiveStream {
  readonly #api: Pick<TenantsApi, 'openStream'>;
  readonly #env: LiveEnvironment;
  readonly #parse: TopicParser;
  readonly #followed = new Map<string, Followed>();
  readonly #listeners = new Set<() => void>();
  #connection: Connection = { state: 'connecting', tries: 0 };
  #attempt: AbortController | undefined;
  #running = false;
  #nextId = 1;
  #cancelNotify: (() => void) | undefined;
  #cancelReopen: (() => void) | undefined;
  #cancelStale: (() => void) | undefined;
  #cancelSilence: (() => void) | undefined;
  #cancelUnanswered: (() => void) | undefined;
  /** The last stream was given up because it did not answer: beats alone do not make the next one live. */
  #isDoubted = false;
  #stopVisibility: (() => void) | undefined;

  constructor(options: LiveStreamOptions) {
    this.#api = options.api;
    this.#env = options.env;
    this.#parse = options.parse;
  }

  /** Follows a topic until the returned function is called. `listener` is told that some value changed. */
  follow(topic: LiveTopic, listener: () => void): () => void {
    const followed = this.#ensure(topic);
    followed.users += 1;
    this.#listeners.add(listener);
    this.#stopVisibility ??= this.#env.onVisibilityChange(() => this.#reopen());
    if (followed.users === 1) {
      followed.entry = { ...followed.entry, end: undefined };
      this.#reopenSoon();
    }
    return () => {
      this.#listeners.delete(listener);
      followed.users -= 1;
      if (followed.users === 0) this.#reopenSoon();
    };
  }

  /** The present state of a topic; the same object until something changes. */
  read(topic: LiveTopic): Live<unknown> {
    return this.#ensure(topic).live;
  }

  /** Tries again at once instead of waiting, also for topics that ended. */
  tryNow(): void {
    for (const followed of this.#followed.values()) {
      followed.entry = { ...followed.entry, end: undefined };
    }
    this.#reopen();
  }

  /** Forgets all that was heard and asks anew, because it is somebody else who looks now. */
  reset(): void {
    this.#cancelStale?.();
    this.#cancelStale = undefined;
    this.#connection = { state: 'connecting', tries: 0 };
    this.#isDoubted = false;
    for (const followed of this.#followed.values()) {
      const { id, topic } = followed.entry;
      followed.entry = { id, topic };
    }
    this.#notify();
    this.#reopen();
  }

  #ensure(topic: LiveTopic): Followed {
    const key = topicKey(topic);
    const known = this.#followed.get(key);
    if (known) return known;
    const entry: LiveEntry = { id: `s${this.#nextId++}`, topic };
    const live = { connection: this.#connection };
    const followed: Followed = { entry, live, users: 0 };
    this.#forgetIdle();
    this.#followed.set(key, followed);
    return followed;
  }

  #forgetIdle(): void {
    const idle = [...this.#followed].filter(([, f]) => f.users === 0);
    const excess = idle.length - MAX_IDLE_ENTRIES;
    for (const [key] of idle.slice(0, Math.max(0, excess))) {
      this.#followed.delete(key);
    }
  }

  #wanted(): Followed[] {
    if (!this.#env.isVisible()) return [];
    return [...this.#followed.values()]
      .filter(f => f.users > 0 && !f.entry.end)
      .slice(-STREAM_LIMITS.subscriptionsPerStream);
  }

  #reopenSoon(): void {
    this.#cancelReopen ??= this.#env.schedule(REOPEN_MS, () => this.#reopen());
  }

  #reopen(): void {
    this.#cancelReopen?.();
    this.#cancelReopen = undefined;
    this.#attempt?.abort(REOPEN);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (;;) {
      const wanted = this.#wanted();
      if (wanted.length === 0) break;
      if (this.#connection.state === 'paused') this.#beginOutage(0);
      const attempt = new AbortController();
      this.#attempt = attempt;
      const outcome = await this.#open(wanted, attempt);
      if (outcome.next === 'wait') await this.#wait();
    }
    this.#running = false;
    this.#cancelStale?.();
    this.#cancelStale = undefined;
    if (!this.#env.isVisible()) {
      this.#setConnection({ state: 'paused', since: undefined });
    }
  }

  /** Reads one stream to its end and says what comes next. */
  async #open(
    wanted: readonly Followed[],
    attempt: AbortController,
  ): Promise<Outcome> {
    let outcome: Outcome = { next: 'wait' };
    try {
      outcome = await this.#read(wanted, attempt);
    } catch (error) {
      const problem = problemOf(error);
      if (attempt.signal.reason !== REOPEN) this.#endIfRefused(problem, wanted);
      outcome = { next: 'wait', problem };
    }
    this.#cancelSilence?.();
    this.#cancelUnanswered?.();
    // What ends here must be closed on the wire as well; a reason that is already set stays.
    attempt.abort();
    if (attempt.signal.reason === REOPEN || this.#wanted().length === 0) {
      return { next: 'again' };
    }
    if (outcome.next === 'wait') this.#beginOutage(1, outcome.problem);
    return outcome;
  }

  async #read(
    wanted: readonly Followed[],
    attempt: AbortController,
  ): Promise<Outcome> {
    const { signal } = attempt;
    const subs = wanted.map(followed => toSubscription(followed.entry));
    let heard = false;
    this.#watchSilence(attempt);
    this.#watchAnswers(attempt, wanted);
    const stream = this.#api.openStream({ schema: 1, subs }, { signal });
    for await (const message of stream) {
      if (signal.aborted) break;
      this.#watchSilence(attempt);
      const outcome = this.#take(message, wanted);
      // Without anything heard before it, an expired token would be an endless loop of new streams.
      if (outcome) return heard ? outcome : { ...outcome, next: 'wait' };
      heard = true;
    }
    return { next: 'wait' };
  }

  #endIfRefused(problem: Problem, wanted: readonly Followed[]): void {
    if (problem.kind !== 'http' || problem.status !== 403) return;
    for (const followed of wanted) {
      const message = problem.message ?? '';
      const end = { reason: 'forbidden' as const, message };
      followed.entry = { ...followed.entry, end };
    }
    this.#notifySoon();
  }

  /** Takes one message; `undefined` means: read on. */
  #take(
    message: StreamMessage,
    wanted: readonly Followed[],
  ): Outcome | undefined {
    if (message.s === '' && message.t === 'end') {
      return this.#takeEnd(message.d.reason, message, wanted);
    }
    if (message.s !== '') this.#isDoubted = false;
    if (!this.#isDoubted) this.#setLive();
    const targets = wanted.filter(
      f => message.s === '' || f.entry.id === message.s,
    );
    return this.#fold(message, targets);
  }

  #takeEnd(
    reason: EndReason,
    message: StreamMessage,
    wanted: readonly Followed[],
  ): Outcome {
    if (reason === 'token-expired') return { next: 'again' };
    if (reason === 'forbidden') this.#fold(message, wanted);
    return { next: 'wait', problem: { kind: 'ended', reason } };
  }

  #fold(
    message: StreamMessage,
    targets: readonly Followed[],
  ): Outcome | undefined {
    for (const followed of targets) {
      const folded = foldMessage(followed.entry, message, this.#parse);
      if (folded === 'mismatch') {
        const { cursor: _, version: __, ...rest } = followed.entry;
        followed.entry = rest;
        return { next: 'wait' };
      }
      followed.entry = folded;
    }
    this.#notifySoon();
    return undefined;
  }

  async #wait(): Promise<void> {
    const pause = new AbortController();
    this.#attempt = pause;
    const tries = Math.max(0, this.#connection.tries - 1);
    const delay = reconnectDelay(tries, this.#env.random());
    this.#setConnection({ nextTryAt: this.#env.now() + delay });
    await new Promise<void>(resolve => {
      const cancel = this.#env.schedule(delay, resolve);
      pause.signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }

  #watchSilence(attempt: AbortController): void {
    this.#cancelSilence?.();
    this.#cancelSilence = this.#env.schedule(SILENCE_MS, () => attempt.abort());
  }

  #watchAnswers(attempt: AbortController, wanted: readonly Followed[]): void {
    const asked = wanted.filter(({ entry }) => entry.cursor === undefined);
    this.#cancelUnanswered = this.#env.schedule(ANSWER_MS, () => {
      const isAnswered = ({ entry }: Followed) =>
        entry.cursor !== undefined || entry.end !== undefined;
      if (asked.every(isAnswered)) return;
      this.#isDoubted = true;
      attempt.abort();
    });
  }

  #beginOutage(failed: number, problem?: Problem): void {
    const since = this.#connection.since ?? this.#env.now();
    const old = this.#env.now() - since >= STALE_AFTER_MS;
    this.#setConnection({
      state: old ? 'stale' : 'reconnecting',
      since,
      problem: problem ?? this.#connection.problem,
      tries: this.#connection.tries + failed,
    });
    this.#cancelStale ??= this.#env.schedule(STALE_AFTER_MS, () => {
      if (this.#connection.state === 'reconnecting') {
        this.#setConnection({ state: 'stale' });
      }
    });
  }

  #setLive(): void {
    this.#cancelStale?.();
    this.#cancelStale = undefined;
    const isNews = this.#connection.state !== 'live';
    this.#connection = { state: 'live', lastAt: this.#env.now(), tries: 0 };
    if (isNews) this.#notifySoon();
  }

  #setConnection(change: Partial<Connection>): void {
    this.#connection = { ...this.#connection, ...change };
    this.#notifySoon();
  }

  #notifySoon(): void {
    this.#cancelNotify ??= this.#env.schedule(NOTIFY_MS, () => this.#notify());
  }

  #notify(): void {
    this.#cancelNotify?.();
    this.#cancelNotify = undefined;
    for (const followed of this.#followed.values()) {
      const { value, at, end } = followed.entry;
      followed.live = { value, at, end, connection: this.#connection };
    }
    for (const listener of [...this.#listeners]) listener();
  }
}
