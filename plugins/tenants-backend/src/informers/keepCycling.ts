// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../time/Clock';
import type { ReflectorObserver } from './Reflector';
import { waitFor } from './waitFor';

type CyclingOptions = {
  readonly clock: Clock;
  readonly observer: Pick<ReflectorObserver, 'waiting'>;
};

/**
 * Connects again and again until the signal aborts.
 *
 * @param cycle - One connection, from its opening to its end; answers how many milliseconds to wait before the next. Must not throw.
 */
export async function keepCycling(
  cycle: (signal: AbortSignal) => Promise<number>,
  signal: AbortSignal,
  { clock, observer }: CyclingOptions,
): Promise<void> {
  while (!signal.aborted) {
    const wait = await cycle(signal);
    if (wait > 0 && !signal.aborted) {
      observer.waiting(clock.now() + wait);
      await waitFor(wait, { clock, signal });
    }
  }
}
