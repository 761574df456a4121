// SPDX-License-Identifier: Apache-2.0
import type { WatchEvent } from '../kube/KubeApi';

/**
 * What a fake server sends into one open watch.
 *
 * @public
 */
export type FakeMessage =
  | { readonly send: WatchEvent<Buffer> }
  | { readonly garbage: true }
  | { readonly fail: Error }
  | { readonly end: true };

/** One open watch of a fake cluster: a queue that the watching generator empties. */
export class FakeWatch {
  private readonly queue: FakeMessage[] = [];
  private wake?: () => void;

  constructor(
    readonly resource: string,
    readonly namespace: string | undefined,
    private readonly name?: string,
  ) {}

  /** Whether an object is in the scope of the watch. */
  wants(object: {
    readonly namespace?: string;
    readonly name: string;
  }): boolean {
    const { namespace = object.namespace, name = object.name } = this;
    return namespace === object.namespace && name === object.name;
  }

  put(message: FakeMessage): void {
    this.queue.push(message);
    this.wake?.();
  }

  /** Waits for the next message; `undefined` when the signal aborts. */
  async next(signal: AbortSignal): Promise<FakeMessage | undefined> {
    while (this.queue.length === 0 && !signal.aborted) {
      await new Promise<void>(resolve => {
        const done = () => {
          signal.removeEventListener('abort', done);
          resolve();
        };
        this.wake = done;
        signal.addEventListener('abort', done, { once: true });
      });
    }
    return signal.aborted ? undefined : this.queue.shift();
  }
}
