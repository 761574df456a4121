// SPDX-License-Identifier: Apache-2.0
import {
  isForbidden,
  isNotFound,
} from '@tenantry/backstage-plugin-tenants-node';
import { keepCycling } from './keepCycling';
import type { ObjectMeta } from './objects';
import { watchIdleMs, type ReflectorOptions } from './Reflector';
import { RetryPlan } from './RetryPlan';
import { waitFor } from './waitFor';

/** What {@link ObjectReflector} needs: as for a whole kind, but the one object’s name in place of a namespace. */
export type ObjectReflectorOptions<T> = Omit<
  ReflectorOptions<T>,
  'namespace' | 'listGate' | 'stateGate' | 'watchList'
> & { readonly name: string };

/** Where the object may be read but not watched, it is read again so often. */
const rereadMs = 60_000;
/** A refused watch is tried again after so long. */
const refusedWatchMs = 15 * 60_000;
const watchSeconds = 300;

/**
 * Keeps a sink equal to one object of a kind that may not be listed, for ever: the object is read, then watched by its name
 * until the watch ends, and read again. Where the watch is refused it is read every minute.
 */
export class ObjectReflector<T extends ObjectMeta> {
  private readonly retries: RetryPlan;
  private watchRefusedUntil = 0;

  constructor(private readonly options: ObjectReflectorOptions<T>) {
    this.retries = new RetryPlan(options.random);
  }

  /** Runs until the signal aborts. Never throws. */
  run(signal: AbortSignal): Promise<void> {
    return keepCycling(aborts => this.cycle(aborts), signal, this.options);
  }

  /** Reads, then follows. Returns how long to wait before the next reading. */
  private async cycle(signal: AbortSignal): Promise<number> {
    const { clock, observer } = this.options;
    const startedAt = clock.now();
    try {
      await this.read(signal);
      await this.follow(signal);
      return this.retries.afterEnd(clock.now() - startedAt);
    } catch (error) {
      if (!signal.aborted) observer.disconnected(error);
      const next = this.retries.afterFailure(error);
      if (next.dropObjects) this.options.sink.replace([]);
      return next.waitMs;
    }
  }

  private async read(signal: AbortSignal): Promise<void> {
    const { api, type, name, project, sink, observer } = this.options;
    const object = await api.get(type, { name, project, signal });
    sink.replace([object]);
    this.retries.listed();
    observer.heard();
    observer.relisted();
    observer.connected();
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { clock, observer, random } = this.options;
    if (clock.now() >= this.watchRefusedUntil) {
      const accepted = await this.watch(signal);
      if (accepted) {
        if (!signal.aborted) observer.disconnected();
        return;
      }
      this.watchRefusedUntil = clock.now() + refusedWatchMs;
    }
    const wait = rereadMs * (1 - random() / 5);
    await waitFor(wait, { clock, signal });
  }

  /** Follows the object until the watch ends. Returns false when watching is refused. */
  private async watch(signal: AbortSignal): Promise<boolean> {
    const { api, type, name, project, random, observer } = this.options;
    try {
      const events = api.watch(type, {
        name,
        project,
        timeoutSeconds: watchSeconds * (1 + random()),
        idleMs: watchIdleMs(random),
        onUnreadable: error => observer.unreadable(error),
        signal,
      });
      for await (const event of events) {
        observer.heard();
        if (event.type === 'BOOKMARK') continue;
        const { sink } = this.options;
        if (event.type === 'DELETED') sink.remove(event.object);
        else sink.upsert(event.object);
      }
      return true;
    } catch (error) {
      if (isForbidden(error) || isNotFound(error)) return false;
      throw error;
    }
  }
}
