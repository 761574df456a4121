// SPDX-License-Identifier: Apache-2.0
import {
  parseLogPosition,
  type LogPosition,
} from '@tenantry/backstage-plugin-tenants-common';
import { LastValues } from './LastValues';
import { comparableTime } from './lineTime';
import type { LogLine } from './LogLine';
import type { LogSources } from './LogSources';
import type { LogTask } from './LogTask';
import { mergeByTime } from './mergeByTime';
import type { MergedLines } from './MergedLines';
import type { OpenSource } from './ReadOrder';
import {
  limitContainers,
  selectLogContainers,
  type LogContainer,
} from './selectLogContainers';

/** How far back is looked for the lines before a position, until there are enough; then in the whole log. */
const WINDOWS_MS = [1_000, 30_000, 600_000];
/** Lines read at most while looking. */
const MAX_LINES_READ = 500_000;
/** Lines around a position when the query does not say. */
const DEFAULT_LINES = 20;

type Placed = { readonly source: number; readonly line: LogLine };
type Wanted = {
  readonly position: LogPosition;
  readonly time: string;
  readonly before: number;
  readonly after: number;
};
type Found = {
  readonly hit?: Placed;
  readonly lines: readonly Placed[];
  /** Whether there are no more lines before these. */
  readonly isEnough: boolean;
  /** Time of the first line that was read. */
  readonly oldest?: string;
};

/** Reads a position’s line with lines before and after it, of its container or of all that the query names. */
export async function readAround(
  task: LogTask,
  sources: LogSources,
  text: string,
): Promise<void> {
  const { output, query } = task;
  const position = parseLogPosition(text);
  const all = containersOf(task);
  const own = all.find(({ key }) => key === position?.key);
  if (!position || !own) {
    await output.event({ type: 'position', found: false });
    return;
  }
  const isAll = query.scope === 'all' && query.line === undefined;
  const open: OpenSource[] = [];
  for (const container of isAll ? withFirst(all, own) : [own]) {
    open.push(await sources.announce(container));
  }
  const count = (lines = DEFAULT_LINES) => (query.line ? 0 : lines);
  const found = await look(
    { task, sources, open },
    {
      position,
      time: comparableTime(position.time),
      before: count(query.linesBefore),
      after: count(query.linesAfter),
    },
  );
  await output.event({
    type: 'position',
    found: found.hit !== undefined,
    ...(found.hit ? { source: found.hit.source } : {}),
    ...(found.oldest === undefined ? {} : { oldest: found.oldest }),
  });
  await task.tally.sift(found.lines.map(({ line }) => line));
  await output.lines({
    lines: found.lines.map(({ line }) => line),
    sources: found.lines.map(({ source }) => source),
  });
}

function containersOf({ tenant, query }: LogTask): LogContainer[] {
  const now = tenant();
  return now ? selectLogContainers(now, { ...query, containers: 'all' }) : [];
}

/** The container the position is of must be among those for which there is room. */
function withFirst(
  all: readonly LogContainer[],
  own: LogContainer,
): readonly LogContainer[] {
  const others = all.filter(container => container !== own);
  return limitContainers([own, ...others]).containers;
}

type Reading = {
  readonly task: LogTask;
  readonly sources: LogSources;
  readonly open: readonly OpenSource[];
};

async function look(reading: Reading, wanted: Wanted): Promise<Found> {
  const at = Date.parse(`${wanted.time.slice(0, 23)}Z`);
  let found: Found = { lines: [], isEnough: false };
  for (const windowMs of [...WINDOWS_MS, undefined]) {
    const since =
      windowMs === undefined
        ? undefined
        : comparableTime(`${new Date(at - windowMs).toISOString()} `);
    found = await lookSince(reading, wanted, since);
    if (found.hit && found.isEnough) return found;
  }
  return found;
}

async function lookSince(
  { task, sources, open }: Reading,
  wanted: Wanted,
  since: string | undefined,
): Promise<Found> {
  const { previous } = task.range;
  const range = { follow: false, previous, since };
  const batches = open.map(source => ({
    source: source.id,
    batches: sources.peek(source, range),
  }));
  const own = open.find(
    ({ container }) => container.key === wanted.position.key,
  );
  try {
    return await pick(mergeByTime(batches), wanted, own?.id);
  } finally {
    await Promise.all(batches.map(({ batches: read }) => read.return()));
  }
}

async function pick(
  merged: AsyncIterable<MergedLines>,
  wanted: Wanted,
  own: number | undefined,
): Promise<Found> {
  const before = new LastValues<Placed>(
    wanted.before,
    ({ line }) => line.text.length,
  );
  const after: Placed[] = [];
  let hit: Placed | undefined;
  let oldest: string | undefined;
  let read = 0;
  const found = () => ({
    hit,
    lines: hit ? [...before.take(), hit, ...after] : [],
    isEnough: before.size >= wanted.before || before.wasCutShort,
    ...(oldest === undefined ? {} : { oldest }),
  });
  for await (const { lines, sources } of merged) {
    read += lines.length;
    for (const [at, line] of lines.entries()) {
      const placed = { source: sources[at], line };
      oldest ??= line.time;
      if (hit) after.push(placed);
      else if (isThere(placed, wanted, own)) hit = placed;
      else before.push(placed);
      if (hit && after.length >= wanted.after) return found();
    }
    if (read > MAX_LINES_READ) break;
  }
  return found();
}

function isThere(
  { source, line }: Placed,
  { position, time }: Wanted,
  own: number | undefined,
): boolean {
  return source === own && line.time === time && line.index === position.index;
}
