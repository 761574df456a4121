// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { LogSession, LogSnapshot, LogStatus } from './LogSession';

/** How often totals are written anew. */
export const SLOW_MS = 250;

/** The log as it is now, in each frame in which it changed. */
export function useLogSnapshot(session: LogSession): LogSnapshot {
  return useSyncExternalStore(session.subscribe, session.read);
}

/** What the log does. */
export function useLogStatus(session: LogSession): LogStatus {
  const read = useCallback(() => session.read().status, [session]);
  return useSyncExternalStore(session.subscribe, read);
}

/** The log as it was a short time ago, for what need not be written anew in each frame. */
export function useSlowSnapshot(session: LogSession): LogSnapshot {
  const [held, setHeld] = useState(() => ({ session, log: session.read() }));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => {
      timer = undefined;
      setHeld({ session, log: session.read() });
    };
    take();
    const stop = session.subscribe(() => {
      timer ??= setTimeout(take, SLOW_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session]);
  return held.session === session ? held.log : session.read();
}
