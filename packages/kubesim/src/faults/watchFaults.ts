// SPDX-License-Identifier: Apache-2.0
import { errorLine } from '../api/WatchHub';
import type { RequestInfo } from '../api/RequestInfo';
import type { WatchHub } from '../api/WatchHub';
import type { Watcher } from '../api/Watcher';
import { expired } from '../storage/ApiError';
import type { HistoryEvent } from '../storage/History';
import type { Faults, FaultKind, FaultSpec } from './Faults';
import { hugeObject } from './hugeObject';

/** Old events a replaying watch sends again with each new one. */
const REPLAYED = 3;
const SUDDEN: readonly FaultKind[] = [
  'watchExpired',
  'watchCut',
  'watchReset',
  'stallMidLine',
  'garbageLine',
  'hugeObject',
];

type Open = {
  readonly watcher: Watcher;
  readonly info: RequestInfo;
  stalled: boolean;
};

/** Lets armed faults act on watches: on those open now, and on those that open later. */
export function attachWatchFaults(hub: WatchHub, faults: Faults): void {
  const open = new Set<Open>();
  hub.onOpen((watcher, info) => {
    const entry: Open = { watcher, info, stalled: false };
    open.add(entry);
    watcher.silent = () => entry.stalled || faults.has('silent', info);
    watcher.filter = eventFilter(faults, info);
    if (faults.has('silent', info)) faults.take('silent', info);
    for (const kind of SUDDEN) strike(entry, kind, faults);
  });
  faults.onArm(spec => {
    for (const entry of open) {
      if (!entry.watcher.open) open.delete(entry);
      else if (spec.kind === 'silent') faults.take('silent', entry.info);
      else if (SUDDEN.includes(spec.kind))
        strike(entry, spec.kind, faults, true);
    }
  });
}

function strike(
  entry: Open,
  kind: FaultKind,
  faults: Faults,
  now = false,
): void {
  const spec = faults.take(kind, entry.info);
  if (!spec) return;
  if (now || !spec.afterMs) act(entry, spec);
  else
    setTimeout(
      () => entry.watcher.open && act(entry, spec),
      spec.afterMs,
    ).unref();
}

function act(entry: Open, spec: FaultSpec): void {
  const { watcher, info } = entry;
  switch (spec.kind) {
    case 'watchExpired':
      watcher.write(
        errorLine(expired('too old resource version: 1 (2)').toStatus()),
      );
      watcher.end();
      return;
    case 'watchCut':
      watcher.end();
      return;
    case 'watchReset':
      watcher.reset();
      return;
    case 'stallMidLine':
      watcher.write(
        `{"type":"MODIFIED","object":{"kind":"${info.kind.kind}","apiVer`,
      );
      watcher.flush();
      entry.stalled = true;
      return;
    case 'garbageLine':
      watcher.write('\u0001}{ this is no JSON\n');
      return;
    default:
      watcher.write(`{"type":"ADDED","object":${hugeObject(info, spec)}}\n`);
  }
}

function eventFilter(
  faults: Faults,
  info: RequestInfo,
): (line: string, event: HistoryEvent) => readonly string[] {
  let past: string[] = [];
  let held: string | undefined;
  return line => {
    const recent = past;
    past = [...past.slice(1 - REPLAYED), line];
    if (faults.take('duplicateEvents', info)) return [line, line];
    if (faults.take('replayEvents', info)) return [line, ...recent];
    if (held) {
      const late = held;
      held = undefined;
      return [line, late];
    }
    if (!faults.take('reorderEvents', info)) return [line];
    held = line;
    return [];
  };
}
