// SPDX-License-Identifier: Apache-2.0
import type { RewindableClock } from './RewindableClock';
import { TimerQueue } from './TimerQueue';

/** A clock that moves only when told. @public */
export interface VirtualClock extends RewindableClock {
  /** Moves on, running what falls due in order; each sees the time it was due at. */
  advance(ms: number): void;
}

/** @public */
export function createVirtualClock(startMs: number): VirtualClock {
  const timers = new TimerQueue();
  let now = startMs;
  let present = startMs;
  const runUntil = (end: number) => {
    for (let due = timers.takeDue(end); due; due = timers.takeDue(end)) {
      now = Math.max(now, due.at);
      due.run();
    }
    now = end;
  };
  return {
    now: () => now,
    after: (ms, run) => timers.add(now + Math.max(0, ms), run),
    advance: ms => runUntil(now + ms),
    rewind: ms => {
      present = now;
      now -= ms;
    },
    settle: () => runUntil(present),
  };
}
