// SPDX-License-Identifier: Apache-2.0

/** What the live stream needs from the browser, so that tests can own time and visibility. */
export interface LiveEnvironment {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once after `ms`; the returned function takes it back. */
  schedule(ms: number, task: () => void): () => void;
  /** A number from 0 up to, not including, 1. */
  random(): number;
  isVisible(): boolean;
  /** Tells of each change of visibility; the returned function stops that. */
  onVisibilityChange(listener: () => void): () => void;
}

/** The environment of a browser tab. */
export const browserEnvironment: LiveEnvironment = {
  now: () => Date.now(),
  schedule(ms, task) {
    const handle = setTimeout(task, ms);
    return () => clearTimeout(handle);
  },
  random: () => Math.random(),
  isVisible: () => document.visibilityState !== 'hidden',
  onVisibilityChange(listener) {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};
