// SPDX-License-Identifier: Apache-2.0
import {
  logQuerySchema,
  type Container,
  type LogEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { FakeClock } from '../../time/testing/FakeClock';
import { composeLogTask } from '../composeLogTask';
import { LogFilter } from '../LogFilter';
import type { LogGap, LogOutput } from '../LogOutput';
import { formatCursor, placeBehind } from '../LogPlace';
import { LogReader } from '../LogReader';
import { LogWriter } from '../LogWriter';
import type { MergedLines } from '../MergedLines';
import { nothingKnown } from './logLines';
import { tenantOfPods } from './tenantOfPods';

/** Keeps what was read. */
export class KeptOutput implements LogOutput {
  readonly events: LogEvent[] = [];
  readonly gaps: LogGap[] = [];
  readonly texts: string[] = [];
  /** By key of the source, behind the last line that was written. */
  readonly cursors = new Map<string, string>();
  private readonly keys = new Map<number, string>();

  async event(event: LogEvent): Promise<void> {
    this.events.push(event);
    if (event.type === 'source') {
      this.keys.set(event.source.id, event.source.key ?? '');
    }
  }

  async gap(gap: LogGap): Promise<void> {
    this.gaps.push(gap);
  }

  async lines({ lines, sources }: MergedLines): Promise<void> {
    lines.forEach((line, at) => {
      this.texts.push(line.text);
      const key = this.keys.get(sources[at]) ?? '';
      const place = placeBehind(line);
      if (place) this.cursors.set(key, formatCursor(key, place));
    });
  }
}

type ReadOptions = {
  readonly api: KubeApi;
  readonly pods?: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly clock?: FakeClock;
  /** What is said of every container. */
  readonly container?: Partial<Container>;
};

/** A reading of the pods’ logs that has not begun. */
export function readTask({
  api,
  pods = ['web-1'],
  query = {},
  clock = new FakeClock(),
  container,
}: ReadOptions) {
  const parsed = logQuerySchema.parse(query);
  const output = new KeptOutput();
  const abort = new AbortController();
  let tenant = tenantOfPods(pods, container);
  let changed = () => {};
  let listeners = 0;
  const sink = { write: () => true, close: () => {}, abort: () => {} };
  const task = composeLogTask({
    query: parsed,
    filter: new LogFilter(parsed),
    mask: nothingKnown,
    writer: new LogWriter(sink, { clock }),
    tenant: () => tenant,
    onTenantChange: listener => {
      changed = listener;
      listeners += 1;
      return () => {
        listeners -= 1;
        changed = () => {};
      };
    },
    kubeApi: () => api,
    clock,
    signal: abort.signal,
  });
  const reader = new LogReader({ ...task, output });
  return {
    output,
    clock,
    abort,
    run: () => reader.run(),
    /** How many listen for changes of the tenant; below zero when one was stopped twice. */
    listeners: () => listeners,
    setPods: (names: readonly string[], now?: Partial<Container>) => {
      tenant = tenantOfPods(names, now);
      changed();
    },
  };
}
