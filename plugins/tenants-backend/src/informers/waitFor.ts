// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../time/Clock';

export type WaitOptions = {
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Resolves after `delayMs`, or at once when the signal aborts. */
export async function waitFor(
  delayMs: number,
  { clock, signal }: WaitOptions,
): Promise<void> {
  if (signal.aborted || delayMs <= 0) return;
  await new Promise<void>(resolve => {
    let cancel = () => {};
    const done = () => {
      signal.removeEventListener('abort', done);
      cancel();
      resolve();
    };
    cancel = clock.after(delayMs, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
