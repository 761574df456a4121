// SPDX-License-Identifier: Apache-2.0
import { LastValues } from './LastValues';
import type { LogLine } from './LogLine';

/** The last lines of a text that is read once, in one batch at its end. Fewer when they are long. */
export async function* lastLines(
  batches: AsyncIterable<readonly LogLine[]>,
  count: number,
): AsyncGenerator<readonly LogLine[], void, void> {
  const held = new LastValues<LogLine>(count, line => line.text.length);
  for await (const lines of batches) {
    for (const line of lines) held.push(line);
  }
  yield held.take();
}
