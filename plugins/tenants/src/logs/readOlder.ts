// SPDX-License-Identifier: Apache-2.0
import type {
  LogEvent,
  LogSelection,
  LogSource,
  TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import { isLine, slotOf, type LogBuffer } from './LogBuffer';
import type { LogColumns } from './work/LogColumns';
import type { LogWork } from './work/LogWork';
import type { LogPart } from './work/parseChunk';

/** Lines that are read at a time from before the first. */
const OLDER_LINES = 1_000;

/** What {@link readOlder} reads, and into what. */
export type OlderOptions = {
  readonly api: Pick<TenantsApi, 'openLogs'>;
  readonly tenant: string;
  readonly selection: LogSelection;
  readonly buffer: LogBuffer;
  readonly work: LogWork;
  readonly positionOf: (key: number) => string | undefined;
  readonly signal: AbortSignal;
};

function firstLineKey(buffer: LogBuffer): number | undefined {
  for (let key = buffer.firstKey; key < buffer.endKey; key++) {
    if (isLine(buffer.blockOf(key), slotOf(key))) return key;
  }
  return undefined;
}

function toPart(
  event: LogEvent,
  idOf: (id: number) => number | undefined,
): LogPart | undefined {
  if (event.type === 'lines') {
    const id = idOf(event.source);
    return id === undefined ? undefined : { ...event, runs: [id, Infinity] };
  }
  if (event.type !== 'mixed') return undefined;
  const runs = event.runs.map((n, i) => (i % 2 === 0 ? idOf(n) ?? 0 : n));
  return { ...event, runs };
}

/** The line that was asked around comes with its answer; it is held already. */
function withoutAnchor(columns: LogColumns, buffer: LogBuffer): LogColumns {
  const last = columns.count - 1;
  const key = firstLineKey(buffer);
  if (last < 0 || key === undefined) return columns;
  const block = buffer.blockOf(key);
  const slot = slotOf(key);
  const same =
    columns.times[last] === block.times[slot] &&
    columns.nanos[last] === block.nanos[slot] &&
    columns.sources[last] === block.sources[slot];
  return same ? { ...columns, count: last } : columns;
}

/** Reads lines from before the first that is held and puts them there. Returns how many there were. */
export async function readOlder(options: OlderOptions): Promise<number> {
  const { api, tenant, selection, buffer, work, signal } = options;
  const first = firstLineKey(buffer);
  const around = first === undefined ? undefined : options.positionOf(first);
  if (around === undefined) return 0;
  const query: LogSelection = {
    ...selection,
    follow: false,
    tailLines: undefined,
    around,
    linesBefore: OLDER_LINES,
    linesAfter: 0,
    scope: 'all',
    mixed: true,
  };
  const parts: LogPart[] = [];
  const sources = new Map<number, LogSource>();
  const idOf = (id: number) => {
    const source = sources.get(id);
    return source && buffer.sourceId(source);
  };
  for await (const message of api.openLogs(tenant, query, { signal })) {
    if (message.type !== 'event') continue;
    const { event } = message;
    if (event.type === 'source') sources.set(event.source.id, event.source);
    const part = toPart(event, idOf);
    if (part) parts.push(part);
  }
  if (parts.length === 0) return 0;
  const columns = withoutAnchor(await work.parse(parts), buffer);
  const before = buffer.firstKey;
  if (!signal.aborted) buffer.prepend(columns);
  return before - buffer.firstKey;
}
