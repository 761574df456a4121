// SPDX-License-Identifier: Apache-2.0
import {
  isNotFound,
  KubeError,
  type KubeApi,
  type Projection,
  type ResourceType,
  type WatchEvent,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import { InitialState } from './InitialState';
import { keepCycling } from './keepCycling';
import { listAll } from './listAll';
import type { ListGate } from './ListGate';
import { ListGuard } from './ListGuard';
import type { ObjectMeta } from './objects';
import { DoubtfulListError, LostEventError, RetryPlan } from './RetryPlan';
import { TypeVersions } from './TypeVersions';

/** Where the objects go. */
export type ReflectorSink<T> = {
  readonly size: number;
  replace(objects: readonly T[]): void;
  upsert(object: T): void;
  remove(object: T): void;
};

/** Who is told how the reflector fares. */
export type ReflectorObserver = {
  /** The sink holds the server’s state and follows it. */
  connected(): void;
  /** The watch has ended; `error` is absent when the server ended it as agreed. */
  disconnected(error?: unknown): void;
  /** The server said something. */
  heard(): void;
  /** The next try will be at this time, in milliseconds since the epoch. */
  waiting(until: number): void;
  unreadable(error: Error): void;
  relisted(): void;
};

/** What the reflectors of one cluster share. */
export type ReflectorShared = {
  readonly api: KubeApi;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly listGate: ListGate;
  /** Lets only so many watches gather their initial state at once. Default: all. */
  readonly stateGate?: ListGate;
  /** Set to false once the server has shown that it cannot send the initial state in a watch. */
  readonly watchList: { usable: boolean };
};

export type ReflectorOptions<T> = ReflectorShared & {
  readonly type: ResourceType;
  /** Tried in turn where the type’s own version is not served. */
  readonly olderVersions?: readonly string[];
  readonly namespace?: string;
  readonly project: Projection<T>;
  readonly sink: ReflectorSink<T>;
  readonly observer: ReflectorObserver;
};

/**
 * A watch that is silent for longer is opened again. Servers send bookmarks about every minute, but not of a kind of which they
 * never saw an event, and old ones only before the end of a watch; so silence says nothing, and only a new connection shows
 * whether the old one was dead. Nothing is lost: the new one begins where the old one stopped.
 */
const maxWatchIdleMs = 85_000;

/** The limit for one watch, spread so that the watches of a quiet cluster are not all opened again at once. */
export function watchIdleMs(random: () => number): number {
  return maxWatchIdleMs * (1 - random() / 6);
}
/** A state that broke off this often in a row is listed in pages instead: it may be too large for one stream. */
const maxBrokenStates = 2;
/** The server is asked to end each watch after 5 to 10 minutes, so that load moves between replicas. */
const minWatchSeconds = 300;

/**
 * Keeps a sink equal to one kind of one cluster, for ever.
 *
 * ```
 *            ┌── 410, lost event twice, doubtful list ──┐
 *            ▼                                           │
 *   [no version] ── list, or WatchList ──▶ [version] ── watch ──▶ ends: resume from the last version
 *            ▲                                 ▲         │
 *            │                                 └─────────┴── error: wait, resume
 *            └── 403, 404: sink emptied when confirmed, retried slowly
 * ```
 *
 * The version is that of the last event or bookmark, so a resumed watch continues without a gap. An event that cannot be
 * read is counted and asked for again; if it still cannot be read, the kind is listed anew without it.
 */
export class Reflector<T extends ObjectMeta> {
  private resourceVersion?: string;
  private readonly guard = new ListGuard();
  private readonly retries: RetryPlan;
  private readonly types: TypeVersions;
  private brokenStates = 0;

  constructor(private readonly options: ReflectorOptions<T>) {
    this.retries = new RetryPlan(options.random);
    this.types = new TypeVersions(options.type, options.olderVersions);
  }

  /** Runs until the signal aborts. Never throws. */
  run(signal: AbortSignal): Promise<void> {
    return keepCycling(aborts => this.cycle(aborts), signal, this.options);
  }

  /** One connection, from its opening to its end. Returns how long to wait before the next. */
  private async cycle(signal: AbortSignal): Promise<number> {
    const { clock, observer } = this.options;
    const startedAt = clock.now();
    try {
      await this.listAndWatch(signal);
      observer.disconnected();
      return this.retries.afterEnd(clock.now() - startedAt);
    } catch (error) {
      if (isNotFound(error) && this.types.next()) {
        this.resourceVersion = undefined;
        return 0;
      }
      if (!signal.aborted) observer.disconnected(error);
      return this.afterFailure(error);
    }
  }

  private afterFailure(error: unknown): number {
    const next = this.retries.afterFailure(error, this.resourceVersion);
    if (next.startAnew) this.resourceVersion = undefined;
    if (next.dropObjects) this.options.sink.replace([]);
    return next.waitMs;
  }

  private async listAndWatch(signal: AbortSignal): Promise<void> {
    const { watchList } = this.options;
    if (this.resourceVersion === undefined && watchList.usable) {
      if (this.brokenStates < maxBrokenStates) {
        await this.watchFromState(signal);
        if (watchList.usable || signal.aborted) return;
      }
    }
    if (this.resourceVersion === undefined) await this.list(signal);
    await this.watch(signal);
  }

  private async watchFromState(signal: AbortSignal): Promise<void> {
    const leave = await this.options.stateGate?.enter();
    const initial = new InitialState<T>(leave);
    try {
      await this.watch(signal, initial);
    } finally {
      leave?.();
      this.brokenStates = initial.done ? 0 : this.brokenStates + 1;
    }
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { api, namespace, project, observer, listGate } = this.options;
    const list = await listGate.run(() =>
      listAll(api, this.types.current, {
        namespace,
        project,
        signal,
        onUnreadable: error => observer.unreadable(error),
        onPage: () => observer.heard(),
      }),
    );
    this.takeWhole(list.items, list.resourceVersion);
  }

  private takeWhole(objects: readonly T[], resourceVersion: string): void {
    const { sink, observer } = this.options;
    const count = objects.length;
    const present = sink.size;
    if (!this.guard.accepts({ count, present, resourceVersion })) {
      throw new DoubtfulListError();
    }
    sink.replace(objects);
    this.types.found();
    this.resourceVersion = resourceVersion;
    this.retries.listed();
    observer.relisted();
  }

  /** With `initial`, the state itself comes first, in the watch (WatchList). */
  private async watch(
    signal: AbortSignal,
    initial?: InitialState<T>,
  ): Promise<void> {
    const { api, namespace, project, observer, random } = this.options;
    const lost = new AbortController();
    let silence: (() => void) | undefined;
    try {
      const events = api.watch(this.types.current, {
        namespace,
        project,
        resourceVersion: this.resourceVersion,
        sendInitialEvents: initial !== undefined,
        timeoutSeconds: minWatchSeconds * (1 + random()),
        idleMs: watchIdleMs(random),
        onUnreadable: error => {
          observer.unreadable(error);
          lost.abort(error);
        },
        onOpen: () => {
          this.opened(initial);
          if (initial) silence = this.limitSilence(initial, signal, lost);
        },
        signal: AbortSignal.any([signal, lost.signal]),
      });
      for await (const event of events) {
        observer.heard();
        this.take(event, initial);
      }
    } catch (error) {
      if (!this.learn(initial, error)) throw error;
    } finally {
      silence?.();
    }
    if (signal.aborted) return;
    const listsInstead = this.learn(initial);
    if (lost.signal.aborted && !listsInstead) throw new LostEventError();
  }

  /** Counts from the answer’s beginning: a server that lets a call wait for its turn does not say anything with that. */
  private limitSilence(
    initial: InitialState<T>,
    signal: AbortSignal,
    lost: AbortController,
  ): () => void {
    const { api, clock } = this.options;
    return initial.limitSilence({
      clock,
      answers: () => answers(api, AbortSignal.any([signal, lost.signal])),
      onSilence: () => lost.abort(),
    });
  }

  private opened(initial?: InitialState<T>): void {
    const { observer } = this.options;
    observer.heard();
    if (!initial) observer.connected();
  }

  /** A server without WatchList refuses it, or ignores it and never ends the initial state. */
  private learn(
    initial: InitialState<T> | undefined,
    error?: unknown,
  ): boolean {
    if (!initial?.shownUnsupported(error)) return false;
    this.options.watchList.usable = false;
    return true;
  }

  private take(event: WatchEvent<T>, initial?: InitialState<T>): void {
    if (initial && !initial.done) {
      if (!initial.take(event)) return;
      this.takeWhole(initial.objects(), initial.resourceVersion);
      this.options.observer.connected();
      return;
    }
    this.retries.succeeded();
    this.apply(event);
  }

  private apply(event: WatchEvent<T>): void {
    const { sink } = this.options;
    if (event.type === 'BOOKMARK') {
      this.advance(event.resourceVersion);
      return;
    }
    if (event.type === 'DELETED') sink.remove(event.object);
    else sink.upsert(event.object);
    this.advance(event.object.resourceVersion);
  }

  private advance(resourceVersion: string): void {
    this.resourceVersion = resourceVersion;
    this.guard.heard(resourceVersion);
  }
}

/** Whether the server answers, be it with a refusal. */
async function answers(api: KubeApi, signal: AbortSignal): Promise<boolean> {
  try {
    await api.version(signal);
    return true;
  } catch (error) {
    return error instanceof KubeError && error.status !== undefined;
  }
}
