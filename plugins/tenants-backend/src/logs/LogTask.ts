// SPDX-License-Identifier: Apache-2.0
import type {
  LogQuery,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import type { LogRange } from './ContainerLog';
import type { PrepareOptions } from './LinePreparer';
import type { LogOutput } from './LogOutput';
import type { LogPlace } from './LogPlace';
import type { LogTally } from './LogTally';
import type { StillReader } from './StillReader';

/** What one answer reads, and where it goes. */
export type LogTask = {
  readonly query: LogQuery;
  /** The query’s times and number of lines, with their defaults. */
  readonly range: LogRange;
  /** How far the reader has read before, by the key of the source. */
  readonly after: ReadonlyMap<string, LogPlace>;
  readonly prepare: PrepareOptions;
  readonly tally: LogTally;
  readonly output: LogOutput;
  readonly reader: StillReader;
  /** The tenant as it is now; `undefined` when it is gone. */
  readonly tenant: () => Pick<Tenant, 'environments'> | undefined;
  readonly onTenantChange: (listener: () => void) => () => void;
  /** `undefined` when the cluster is not watched. */
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};
