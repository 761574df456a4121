// SPDX-License-Identifier: Apache-2.0
import type { WatchEvent, WatchOptions } from '../kube/KubeApi';
import type { KubeError } from '../kube/KubeError';

/** What these tests look at of an object. */
export type Seen = {
  readonly name: string;
  readonly resourceVersion: string;
  readonly value?: string;
};

/** Reads it. */
export function project(json: Buffer): Seen {
  const object = JSON.parse(json.toString('utf8'));
  const { name, resourceVersion } = object.metadata;
  return { name, resourceVersion, value: object.data?.value };
}

/** An event in words. */
export function say(event: WatchEvent<Seen>): string {
  return event.type === 'BOOKMARK'
    ? 'BOOKMARK'
    : `${event.type} ${event.object.name} ${event.object.value ?? ''}`.trim();
}

/** What every watch of these tests asks for. */
export function listen(
  signal: AbortSignal,
  more: Partial<WatchOptions<Seen>> = {},
): WatchOptions<Seen> {
  return {
    namespace: 'one',
    timeoutSeconds: 60,
    idleMs: 60_000,
    project,
    onUnreadable: error => {
      throw error;
    },
    signal,
    ...more,
  };
}

/** Reads events, without bookmarks, until `count` have come. */
export async function take(
  events: AsyncGenerator<WatchEvent<Seen>>,
  count: number,
): Promise<WatchEvent<Seen>[]> {
  const taken: WatchEvent<Seen>[] = [];
  for await (const event of events) {
    if (event.type !== 'BOOKMARK') taken.push(event);
    if (taken.length >= count) break;
  }
  return taken;
}

/** What comes up to the bookmark that ends the initial state, sorted. */
export async function initialState(
  events: AsyncGenerator<WatchEvent<Seen>>,
): Promise<readonly string[]> {
  const said: string[] = [];
  for await (const event of events) {
    said.push(say(event));
    if (event.type === 'BOOKMARK' && event.initialEventsEnd) break;
  }
  return said.sort();
}

/** Whether a server says that it cannot send the initial state in a watch. */
export function refusesWatchList(error: KubeError): boolean {
  return error.status === 400 || error.status === 422;
}

/** What a promise failed with; `undefined` when it did not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    error => error,
  );
}
