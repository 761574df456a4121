// SPDX-License-Identifier: Apache-2.0
import type { WatchEvent, WatchOptions } from '../kube/KubeApi';
import type { FakeWatch } from './FakeWatch';

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** What an open watch tells its reader. */
export async function* readFakeWatch<T>(
  watch: FakeWatch,
  options: WatchOptions<T>,
): AsyncGenerator<WatchEvent<T>, void, void> {
  for (;;) {
    const message = await watch.next(options.signal);
    if (!message || 'end' in message) return;
    if ('fail' in message) throw message.fail;
    const event =
      'garbage' in message
        ? unreadable(options)
        : toEvent(message.send, options);
    if (options.signal.aborted) return;
    if (event) yield event;
  }
}

function unreadable<T>(options: WatchOptions<T>): undefined {
  options.onUnreadable(new Error('The line is no watch event.'));
}

function toEvent<T>(
  event: WatchEvent<Buffer>,
  options: WatchOptions<T>,
): WatchEvent<T> | undefined {
  if (event.type === 'BOOKMARK') return event;
  try {
    return { type: event.type, object: options.project(event.object) };
  } catch (error) {
    options.onUnreadable(asError(error));
    return undefined;
  }
}
