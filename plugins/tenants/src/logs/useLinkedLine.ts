// SPDX-License-Identifier: Apache-2.0
import {
  parseLogPosition,
  type LogSelection,
} from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useRef } from 'react';
import type { LogBuffer } from './LogBuffer';
import type { LogSession } from './LogSession';
import type { FollowTail } from './useFollowTail';
import { useSlowSnapshot } from './useLogSnapshot';

/** Lines of several containers are only nearly in order. */
const NEAR_MS = 5_000;

/** The key of the line of a position; `undefined` while it has not come. */
export function findPosition(
  buffer: LogBuffer,
  text: string,
): number | undefined {
  const position = parseLogPosition(text);
  if (!position) return undefined;
  const at = Date.parse(position.time);
  let index = position.index;
  for (let key = buffer.findTime(at - NEAR_MS); key < buffer.endKey; key++) {
    const row = buffer.get(key);
    if (row?.kind !== 'line') continue;
    if (row.at > at + NEAR_MS) return undefined;
    const same =
      row.source.key === position.key &&
      Date.parse(buffer.writtenTime(key)) === at &&
      buffer.writtenTime(key) === position.time;
    if (same && index-- === 0) return key;
  }
  return undefined;
}

/** Goes to the line of a link as soon as it is there, once, and stands still on it. */
export function useLinkedLine(options: {
  readonly session: LogSession;
  readonly selection: LogSelection;
  readonly tail: FollowTail;
  readonly onFound: (key: number) => void;
}): void {
  const { session, selection, tail, onFound } = options;
  const { around } = selection;
  const log = useSlowSnapshot(session);
  const gone = useRef<LogSession>();
  useEffect(() => {
    if (around === undefined || gone.current === session) return;
    const key = findPosition(log.buffer, around);
    if (key === undefined) return;
    gone.current = session;
    tail.pause();
    onFound(key);
  }, [around, session, log, tail, onFound]);
}
