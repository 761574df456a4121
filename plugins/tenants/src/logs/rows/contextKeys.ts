// SPDX-License-Identifier: Apache-2.0
import { isLine, slotOf, type LogBuffer } from '../LogBuffer';

/** How many lines around one are shown, whatever the filter. */
export type LineContext = {
  readonly key: number;
  readonly before: number;
  readonly after: number;
  /** Of all containers; else of its own only. */
  readonly all: boolean;
};

/** Rows that are looked at on each side at the most. */
const MAX_LOOKED_AT = 20_000;

function collect(
  buffer: LogBuffer,
  context: LineContext,
  by: 1 | -1,
): number[] {
  const { key, all } = context;
  const wanted = by < 0 ? context.before : context.after;
  const source = buffer.blockOf(key).sources[slotOf(key)];
  const keys: number[] = [];
  for (let n = 1; n <= MAX_LOOKED_AT && keys.length < wanted; n++) {
    const other = key + n * by;
    if (other < buffer.firstKey || other >= buffer.endKey) break;
    const block = buffer.blockOf(other);
    const slot = slotOf(other);
    if (!isLine(block, slot)) continue;
    if (all || block.sources[slot] === source) keys.push(other);
  }
  return keys;
}

/** The lines around one. Pure. */
export function contextKeys(
  buffer: LogBuffer,
  context: LineContext | undefined,
): ReadonlySet<number> {
  if (!context) return new Set();
  return new Set([
    context.key,
    ...collect(buffer, context, -1),
    ...collect(buffer, context, 1),
  ]);
}
