// SPDX-License-Identifier: Apache-2.0
import { topLevelMembers } from './topLevelMembers';

const types = ['MODIFIED', 'ADDED', 'DELETED', 'BOOKMARK', 'ERROR'] as const;
type WatchLineType = (typeof types)[number];

/** One line of a watch: its type, and the object’s bytes. */
export type WatchLine = {
  readonly type: WatchLineType;
  readonly object: Buffer;
};

const prefixes = types.map(type => ({
  type,
  bytes: Buffer.from(`{"type":"${type}","object":`),
}));
const closeBrace = 0x7d;

function startsWith(line: Buffer, prefix: Buffer): boolean {
  return (
    line.length > prefix.length &&
    line.compare(prefix, 0, prefix.length, 0, prefix.length) === 0
  );
}

/**
 * Takes a watch line apart. API servers write the type first and the object last, which is cut out without a walk;
 * any other order is walked.
 *
 * @throws Error when it is no watch event
 */
export function readWatchLine(line: Buffer): WatchLine {
  if (line[line.length - 1] === closeBrace) {
    const match = prefixes.find(({ bytes }) => startsWith(line, bytes));
    if (match) {
      const object = line.subarray(match.bytes.length, line.length - 1);
      return { type: match.type, object };
    }
  }
  const members = topLevelMembers(line);
  const written = members.get('type')?.toString('utf8').trim();
  const type = types.find(known => `"${known}"` === written);
  const object = members.get('object');
  if (!type || !object) throw new Error('The line is no watch event.');
  return { type, object };
}
