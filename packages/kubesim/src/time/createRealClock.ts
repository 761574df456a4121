// SPDX-License-Identifier: Apache-2.0
import type { RewindableClock } from './RewindableClock';
import { TimerQueue } from './TimerQueue';

/** The longest delay a timer of the platform takes. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * The time of the machine; `speed` simulated seconds pass per second. Its timers do not keep the process alive.
 *
 * @public
 */
export function createRealClock(
  options: { readonly speed?: number } = {},
): RewindableClock {
  const speed = options.speed ?? 1;
  const timers = new TimerQueue();
  const origin = Date.now();
  const started = performance.now();
  let past: number | undefined;
  let wake: NodeJS.Timeout | undefined;

  const present = () => origin + (performance.now() - started) * speed;
  const now = () => past ?? Math.floor(present());
  const arm = () => {
    clearTimeout(wake);
    const next = timers.next;
    if (next === undefined || past !== undefined) return;
    wake = setTimeout(
      fire,
      Math.min(MAX_DELAY_MS, Math.max(0, (next - present()) / speed)),
    );
    wake.unref();
  };
  function fire(): void {
    try {
      for (let due = timers.takeDue(now()); due; due = timers.takeDue(now()))
        due.run();
    } finally {
      arm();
    }
  }
  return {
    now,
    after: (ms, run) => {
      const first = timers.next;
      const at = now() + Math.max(0, ms);
      const cancel = timers.add(at, run);
      if (first === undefined || at < first) arm();
      return cancel;
    },
    rewind: ms => {
      past = now() - ms;
      clearTimeout(wake);
    },
    settle: () => {
      const end = Math.floor(present());
      for (let due = timers.takeDue(end); due; due = timers.takeDue(end)) {
        past = Math.max(past ?? due.at, due.at);
        due.run();
      }
      past = undefined;
      arm();
    },
  };
}
