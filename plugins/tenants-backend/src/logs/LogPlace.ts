// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { comparableTime } from './lineTime';
import type { LogLine } from './LogLine';

/** How far a container’s log has been read: behind `count` lines of `time`, the last of which has this hash. */
export type LogPlace = {
  readonly time: string;
  readonly count: number;
  readonly hash: string;
};

/** Names a container of a pod on the wire, however often it restarts, in every process. */
export function sourceKeyOf(...names: readonly string[]): string {
  return createHash('sha256')
    .update(names.join('/'))
    .digest('base64url')
    .slice(0, 12);
}

/** The place behind a line; `undefined` when the line has no time to find it again by. */
export function placeBehind(line: LogLine): LogPlace | undefined {
  if (line.time === '') return undefined;
  return { time: line.time, count: line.index + 1, hash: hashOf(line.text) };
}

/** @param key - See {@link sourceKeyOf}. */
export function formatCursor(key: string, place: LogPlace): string {
  return `${key}~${place.time}~${place.count}~${place.hash}`;
}

/** Reads cursors that have been checked by the query’s schema. */
export function parseCursors(
  cursors: readonly string[] = [],
): ReadonlyMap<string, LogPlace> {
  return new Map(
    cursors.map(cursor => {
      const [key, time, count, hash] = cursor.split('~');
      const place = { time: comparableTime(time), count: Number(count), hash };
      return [key, place] as const;
    }),
  );
}

/** FNV-1a of the masked line: tells lines of one instant apart, and gives nothing away. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
