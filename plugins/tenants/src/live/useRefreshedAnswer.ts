// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import { browserEnvironment, type LiveEnvironment } from './LiveEnvironment';
import { useAnswer, type Answer } from './useAnswer';

/** However fast it changes, it is asked no more often than this. */
export const REST_MS = 5_000;

type Refresh = {
  /** Another one when what is asked for has changed; `undefined` while nobody knows. */
  readonly revision: string | undefined;
  /** The browser’s when left out. */
  readonly environment?: LiveEnvironment;
};

/** Asks once more when the stream tells of a change. Nothing is asked otherwise. */
export function useRefreshedAnswer<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  key: string | undefined,
  { revision, environment = browserEnvironment }: Refresh,
): Answer<T> {
  const answer = useAnswer(ask, key);
  const { retry } = answer;
  const known = useRef(revision);
  const due = useRef<() => void>();
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const isNews = known.current !== undefined && revision !== known.current;
    known.current = revision ?? known.current;
    if (!isNews || revision === undefined || due.current) return;
    const wait = Math.max(0, askedAt.current + REST_MS - environment.now());
    due.current = environment.schedule(wait, () => {
      due.current = undefined;
      askedAt.current = environment.now();
      retry();
    });
  }, [revision, environment, retry]);
  useEffect(() => () => due.current?.(), []);
  return answer;
}
