// SPDX-License-Identifier: Apache-2.0
import {
  KubeError,
  type WatchEvent,
} from '@tenantry/backstage-plugin-tenants-node';
import type { ObjectMeta } from './objects';
import { SilenceLimit, type SilenceLimitOptions } from './SilenceLimit';

type StateSilence = Omit<SilenceLimitOptions, 'heard'>;

/**
 * Gathers the initial state that a WatchList watch sends before its marking bookmark. Changes may come in between.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists
 */
export class InitialState<T extends ObjectMeta> {
  private readonly byKey = new Map<string, T>();
  private heard = 0;
  private timedOut = false;
  private stopLimit: () => void = () => undefined;
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
      this.stopLimit();
      this.onDone();
      return true;
    }
    const { namespace, name } = event.object;
    const key = `${namespace}/${name}`;
    if (event.type === 'DELETED') this.byKey.delete(key);
    else this.byKey.set(key, event.object);
    return false;
  }

  /** Calls `onSilence` when the server answers and yet sends nothing of the state. Returns the way to stop. */
  limitSilence({ clock, answers, onSilence }: StateSilence): () => void {
    const limit = new SilenceLimit({
      clock,
      answers,
      heard: () => this.heard,
      onSilence: () => {
        this.timedOut = true;
        onSilence();
      },
    });
    this.stopLimit = () => limit.stop();
    return this.stopLimit;
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
