// SPDX-License-Identifier: Apache-2.0
import {
  KubeError,
  type WatchEvent,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import type { ObjectMeta } from './objects';

/** A server that sends nothing for so long, before the initial state is complete, does not know WatchList. */
const maxSilenceMs = 5_000;

/**
 * Gathers the initial state that a WatchList watch sends before its marking bookmark. Changes may come in between.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists
 */
export class InitialState<T extends ObjectMeta> {
  private readonly byKey = new Map<string, T>();
  private heard = 0;
  private timedOut = false;
  done = false;
  resourceVersion = '';

  constructor(private readonly onDone: () => void = () => undefined) {}

  objects(): readonly T[] {
    return [...this.byKey.values()];
  }

  /** Returns true with the event that completes the state. */
  take(event: WatchEvent<T>): boolean {
    this.heard++;
    if (event.type === 'BOOKMARK') {
      if (!event.initialEventsEnd) return false;
      this.done = true;
      this.resourceVersion = event.resourceVersion;
      this.onDone();
      return true;
    }
    const { namespace, name } = event.object;
    const key = `${namespace}/${name}`;
    if (event.type === 'DELETED') this.byKey.delete(key);
    else this.byKey.set(key, event.object);
    return false;
  }

  /** Calls `onSilence` when nothing comes for too long. Returns the way to stop. */
  limitSilence(clock: Clock, onSilence: () => void): () => void {
    let cancel: () => void = () => undefined;
    const arm = (heardBefore: number) => {
      cancel = clock.after(maxSilenceMs, () => {
        if (this.done) return;
        if (this.heard !== heardBefore) {
          arm(this.heard);
          return;
        }
        this.timedOut = true;
        onSilence();
      });
    };
    arm(this.heard);
    return () => cancel();
  }

  /** Whether the way the watch ended says that the server has no WatchList. */
  shownUnsupported(error?: unknown): boolean {
    if (this.done) return false;
    if (error === undefined) return this.timedOut || this.heard > 0;
    return (
      error instanceof KubeError &&
      (error.status === 400 || error.status === 422)
    );
  }
}
