// SPDX-License-Identifier: Apache-2.0
import type { LogEvent } from '@tenantry/backstage-plugin-tenants-common';
import type { MergedLines } from './MergedLines';

/** Times between which lines may be missing. */
export type LogGap = {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  /** Id of the source; absent: of all. */
  readonly source?: number;
};

/** Where what is read goes. Each call resolves when more may come. */
export interface LogOutput {
  event(event: LogEvent): Promise<void>;
  gap(gap: LogGap): Promise<void>;
  lines(merged: MergedLines): Promise<void>;
}
