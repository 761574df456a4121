// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from 'react';

// One timer for every age on the page; it runs only while somebody looks at it.
const listeners = new Set<() => void>();
let handle: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  handle = setTimeout(tick, 1000);
  for (const listener of [...listeners]) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  handle ??= setTimeout(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(handle);
    handle = undefined;
  };
}

function wholeSecond(now: number): number {
  return Math.floor(now / 1000) * 1000;
}

/**
 * The present moment, in steps: a component is drawn anew only when a step is over.
 *
 * @param toStep - gives the beginning of the step that a moment lies in.
 */
export function useNow(toStep: (now: number) => number = wholeSecond): number {
  return useSyncExternalStore(listen, () => toStep(Date.now()));
}
