// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import type { LogEvent } from '@tenantry/backstage-plugin-tenants-common';
import type { FaultOutcome } from '../FaultCase';
import { LogBench } from './LogBench';
import type { LogRequest } from './LogFront';

const BEFORE = 5_000;
const LINES = 1_000_000;
/** Lines of one millisecond share a time to tell them apart by their place. */
const LINES_A_MS = 40;
const LINES_A_CHUNK = 500;
const mebibyte = 1024 ** 2;
const zero = (is: number) => ({ is, atMost: 0 });

function lineAt(i: number): string {
  const at = Date.UTC(2026, 0, 1) + Math.floor(i / LINES_A_MS);
  const time = new Date(at).toISOString().slice(0, -1);
  return `${time}000000Z line ${i} of a program that says what it does\n`;
}

/** Serves lines up to `written`, as a kubelet would: from the second that is asked for. */
async function serve(
  { query, response }: LogRequest,
  written: number,
): Promise<void> {
  const since = Date.parse(query.get('sinceTime') ?? '2026-01-01T00:00:00Z');
  const first = Math.max(0, since - Date.UTC(2026, 0, 1)) * LINES_A_MS;
  for (let i = first; i < written; i += LINES_A_CHUNK) {
    const end = Math.min(i + LINES_A_CHUNK, written);
    let text = '';
    for (let line = i; line < end; line += 1) text += lineAt(line);
    if (response.destroyed) return;
    if (!response.write(text)) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
  response.end();
}

type Tally = { next: number; lost: number; doubled: number; cursor?: string };

function take(event: LogEvent, tally: Tally): void {
  if (event.type !== 'lines') return;
  tally.cursor = event.cursor ?? tally.cursor;
  for (const line of event.text.split('\n')) {
    const number = Number(/ line (\d+) /.exec(line)?.[1]);
    if (number < tally.next) tally.doubled += 1;
    else tally.lost += number - tally.next;
    tally.next = Math.max(tally.next, number + 1);
  }
}

/** A reader that leaves, and comes back after a million lines. */
export async function longAbsence(seed: number): Promise<FaultOutcome> {
  let written = BEFORE;
  const bench = await LogBench.start({
    seed,
    answer: request => void serve(request, written),
  });
  try {
    const tally: Tally = { next: 0, lost: 0, doubled: 0 };
    for await (const message of bench.read({ tailLines: 'all' })) {
      if (message.type === 'event') take(message.event, tally);
      // It leaves in the middle of what was written.
      if (tally.next > BEFORE / 2) break;
    }
    written = BEFORE + LINES;
    let gaps = 0;
    let peak = 0;
    const rss = process.memoryUsage().rss;
    const after = tally.cursor === undefined ? [] : [tally.cursor];
    for await (const message of bench.read({ after })) {
      if (message.type === 'event') take(message.event, tally);
      if (message.type === 'gap') gaps += 1;
      peak = Math.max(peak, process.memoryUsage.rss());
    }
    return {
      injected: after.length,
      counts: {
        'lines lost': zero(tally.lost + written - tally.next),
        'lines doubled': zero(tally.doubled),
        gaps: zero(gaps),
        'MiB of memory more': {
          is: Math.round((peak - rss) / mebibyte),
          atMost: 256,
        },
      },
      divergences: [],
    };
  } finally {
    await bench.stop();
  }
}
