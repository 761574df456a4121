// SPDX-License-Identifier: Apache-2.0
import type { LogBuffer } from '../LogBuffer';
import type { LogLine } from '../LogRow';
import type { RowList } from '../rows/RowList';

/** The lines that the view shows, put-away ones of stacks and repeats included, in order. */
export function* shownLines(
  buffer: LogBuffer,
  list: RowList,
  end: number,
): Generator<LogLine> {
  const { entries } = list;
  for (let place = entries.start; place < end; place++) {
    const { kind, key, count } = entries.get(place);
    if (kind === 'gap' || kind === 'opened') continue;
    const row = buffer.get(key);
    if (row?.kind !== 'line') continue;
    if (kind === 'fold') {
      yield* sameSource(buffer, key, count);
      continue;
    }
    const times = kind === 'repeat' ? count : 1;
    for (let n = 0; n < times; n++) yield row;
  }
}

function* sameSource(
  buffer: LogBuffer,
  key: number,
  count: number,
): Generator<LogLine> {
  let left = count;
  let source;
  for (let k = key; k < buffer.endKey && left > 0; k++) {
    const row = buffer.get(k);
    if (row?.kind !== 'line') continue;
    source ??= row.source;
    if (row.source !== source) continue;
    left -= 1;
    yield row;
  }
}
