// SPDX-License-Identifier: Apache-2.0
import type { Revision } from '@tenantry/backstage-plugin-tenants-common';
import type { EnvironmentRecord } from './EnvironmentRecord';

/** Records of one tenant, and the clusters that could not be asked. */
export type TenantRecords = {
  readonly records: readonly EnvironmentRecord[];
  readonly unavailable: readonly {
    readonly cluster: string;
    /** What failed and what to do. */
    readonly message: string;
  }[];
};

/** Reads environment records from the clusters’ platform namespaces. */
export interface RecordReader {
  /** Never throws for a cluster that fails: it is named in `unavailable`. */
  ofTenant(tenant: string, signal: AbortSignal): Promise<TenantRecords>;
}

/** Reads what environments were. */
export interface RevisionReader {
  /** `undefined` when there is none of that number, or it is no longer kept. */
  get(
    tenant: string,
    environment: string,
    revision: number,
  ): Promise<Revision | undefined>;
  /** Newest first. */
  list(tenant: string): Promise<readonly Revision[]>;
}
