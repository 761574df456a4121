// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react';
import { browserEnvironment, type LiveEnvironment } from './LiveEnvironment';
import { useAnswer, type Answer } from './useAnswer';

type Repeat = {
  readonly everyMs: number;
  /** The browser’s when left out. */
  readonly environment?: LiveEnvironment;
};

/** Asks once more every so often, for what is measured and not told. A hidden tab asks nothing; shown again, it asks at once when it is time. */
export function useRepeatedAnswer<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  key: string | undefined,
  { everyMs, environment = browserEnvironment }: Repeat,
): Answer<T> {
  const answer = useAnswer(ask, key);
  const { retry } = answer;
  useEffect(() => {
    if (key === undefined) return undefined;
    let askedAt = environment.now();
    let cancel = () => {};
    const plan = () => {
      cancel();
      if (!environment.isVisible()) return;
      const wait = Math.max(0, askedAt + everyMs - environment.now());
      cancel = environment.schedule(wait, () => {
        askedAt = environment.now();
        retry();
        plan();
      });
    };
    plan();
    const stop = environment.onVisibilityChange(plan);
    return () => {
      stop();
      cancel();
    };
  }, [key, everyMs, environment, retry]);
  return answer;
}
