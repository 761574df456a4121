// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useState } from 'react';
import type { Problem } from './Live';
import { problemOf } from './problemOf';

/** What one request answered. The last value stays while it is asked again. */
export type Answer<T> = {
  readonly value?: T;
  readonly problem?: Problem;
  /** Asks once more. */
  readonly retry: () => void;
};

/** Asks when `key` becomes another one; `undefined` asks nothing. A request nobody waits for any more is given up. */
export function useAnswer<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  key: string | undefined,
): Answer<T> {
  const [answer, setAnswer] = useState<{ value?: T; problem?: Problem }>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (key === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    ask(signal).then(
      value => {
        if (!signal.aborted) setAnswer({ value });
      },
      error => {
        if (signal.aborted) return;
        setAnswer(({ value }) => ({ value, problem: problemOf(error) }));
      },
    );
    return () => controller.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says when the question is another one
  }, [key, round]);
  const retry = useCallback(() => setRound(n => n + 1), []);
  return { ...answer, retry };
}
