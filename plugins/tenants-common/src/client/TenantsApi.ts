// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod';
import type { AllowedActions } from '../allowedActions';
import type { AuditPage, AuditQuery } from '../audit';
import type { LogEvent, logQuerySchema } from '../log';
import type { MemberPage, MemberQuery } from '../members';
import type { PlatformStatus } from '../platform';
import type { EndReason, StreamMessage, StreamRequest } from '../stream';
import type { TenantList, TenantListQuery } from '../tenantList';
import type { Tenant } from '../tenant';
import type { DetailsApi } from './DetailsApi';
import type { ModulesApi } from './ModulesApi';
import type { OperationsApi } from './OperationsApi';
import type { TenantsCallOptions } from './TenantsCallOptions';

/**
 * How a stream is given up: a stream without a signal could never be closed.
 *
 * @public
 */
export type TenantsStreamOptions = { readonly signal: AbortSignal };

/**
 * Selection of logs as the caller writes it: the query before defaults.
 *
 * @public
 */
export type LogSelection = Partial<z.output<typeof logQuerySchema>>;

/**
 * A log as a file, as it is read.
 *
 * @public
 */
export type LogDownload = {
  /** Fails, rather than ends, when the log could not be read to its end. */
  readonly body: ReadableStream<Uint8Array>;
  readonly fileName: string;
};

/**
 * What a log answer says, in the order it was read.
 *
 * @public
 */
export type LogMessage =
  | { readonly type: 'event'; readonly event: LogEvent }
  | {
      readonly type: 'gap';
      readonly from: string;
      readonly to: string;
      readonly reason: string;
      /** Id of the source; absent: of all. */
      readonly source?: number;
    }
  | { readonly type: 'heartbeat'; readonly at?: string }
  | {
      readonly type: 'end';
      readonly reason: EndReason;
      readonly message: string;
    };

/**
 * The API of the tenants backend, as the pages and scripts use it.
 *
 * @public
 */
export interface TenantsApi {
  /** What may run. */
  readonly modules: ModulesApi;
  /** What is changed, and what would be. */
  readonly operations: OperationsApi;
  /** What is read of a tenant when somebody looks. */
  readonly details: DetailsApi;
  /** Lists the tenants the caller may see. */
  list(
    query?: Partial<TenantListQuery>,
    options?: TenantsCallOptions,
  ): Promise<TenantList>;
  /** Reads one tenant. @throws ResponseError 404 when there is none or the caller may not see it. */
  get(tenant: string, options?: TenantsCallOptions): Promise<Tenant>;
  /** Says what the caller may do with one tenant. */
  allowedActions(
    tenant: string,
    options?: TenantsCallOptions,
  ): Promise<AllowedActions>;
  /** Lists who holds a role in a tenant. @throws ResponseError 404 as {@link TenantsApi.get} does. */
  listMembers(
    tenant: string,
    query?: Partial<MemberQuery>,
    options?: TenantsCallOptions,
  ): Promise<MemberPage>;
  /** Lists who did and saw what in a tenant, newest first. @throws ResponseError 404 also when the caller may see the tenant but not its audit. */
  listAuditEvents(
    tenant: string,
    query?: Partial<AuditQuery>,
    options?: TenantsCallOptions,
  ): Promise<AuditPage>;
  /** Reads clusters with freshness and problems. */
  platform(options?: TenantsCallOptions): Promise<PlatformStatus>;
  /** Opens the stream of live changes. It ends when the server ends it, throws when the connection drops. */
  openStream(
    request: StreamRequest,
    options: TenantsStreamOptions,
  ): AsyncIterable<StreamMessage>;
  /** Opens the logs of a tenant. */
  openLogs(
    tenant: string,
    selection: LogSelection,
    options: TenantsStreamOptions,
  ): AsyncIterable<LogMessage>;
  /** Reads the logs of a tenant as a file. `selection.format` says which. */
  downloadLogs(
    tenant: string,
    selection: LogSelection,
    options: TenantsStreamOptions,
  ): Promise<LogDownload>;
}
