// SPDX-License-Identifier: Apache-2.0
import {
  LOG_LIMITS,
  type LogQuery,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import { DownloadOutput } from './DownloadOutput';
import { LogCounts } from './LogCounts';
import { LogFilter } from './LogFilter';
import type { LogOutput } from './LogOutput';
import { parseCursors } from './LogPlace';
import { LogTally } from './LogTally';
import type { LogTask } from './LogTask';
import type { LogWriter } from './LogWriter';
import type { KnownSecrets } from './masking/KnownSecrets';
import { rangeOf } from './readLogQuery';
import { StreamOutput } from './StreamOutput';

type LogTaskOptions = {
  readonly query: LogQuery;
  readonly filter: LogFilter;
  /** Values to be masked besides those that look like secrets; absent: nothing is masked. */
  readonly mask: KnownSecrets | undefined;
  readonly writer: LogWriter;
  readonly tenant: () => Pick<Tenant, 'environments'> | undefined;
  readonly onTenantChange: (listener: () => void) => () => void;
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Width of a bucket when only counts are asked for, and not how wide. */
const DEFAULT_BUCKET_SECONDS = 60;

/** Puts together what one answer needs. */
export function composeLogTask(options: LogTaskOptions): LogTask {
  const { query, filter, mask, writer, clock } = options;
  const bucketSeconds =
    query.counts ??
    (query.content === 'counts' ? DEFAULT_BUCKET_SECONDS : undefined);
  const counts = bucketSeconds && new LogCounts(bucketSeconds);
  const lineBytes = query.line ? LOG_LIMITS.wholeLineBytes : undefined;
  return {
    ...options,
    range: rangeOf(query, clock.now()),
    after: parseCursors(query.after),
    prepare: { mask, ...(lineBytes ? { lineBytes } : {}) },
    tally: new LogTally(filter, counts || undefined),
    output: outputOf(query, writer),
    reader: writer.reader,
  };
}

function outputOf(query: LogQuery, writer: LogWriter): LogOutput {
  const { format, timestamps = true, prefix, line, mixed = false } = query;
  if (format !== undefined) {
    return new DownloadOutput(writer, {
      format,
      timestamps,
      prefix: prefix ?? line === undefined,
    });
  }
  const stream = new StreamOutput(writer, mixed);
  if (query.content !== 'counts') return stream;
  return {
    event: event => stream.event(event),
    gap: gap => stream.gap(gap),
    lines: async () => {},
  };
}
