// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { allowedActionsSchema, type AllowedActions } from '../allowedActions';
import { auditPageSchema, type AuditPage, type AuditQuery } from '../audit';
import { logEventSchema } from '../log';
import {
  memberPageSchema,
  type MemberPage,
  type MemberQuery,
} from '../members';
import { platformStatusSchema, type PlatformStatus } from '../platform';
import {
  streamMessageSchema,
  type StreamMessage,
  type StreamRequest,
} from '../stream';
import {
  tenantListSchema,
  type TenantList,
  type TenantListQuery,
} from '../tenantList';
import { tenantSchema, type Tenant } from '../tenant';
import type { DetailsApi } from './DetailsApi';
import { DetailsClient } from './DetailsClient';
import type { ModulesApi } from './ModulesApi';
import { ModulesClient } from './ModulesClient';
import type { OperationsApi } from './OperationsApi';
import { OperationsClient } from './OperationsClient';
import { readLines } from './readLines';
import type {
  LogDownload,
  LogMessage,
  LogSelection,
  TenantsApi,
  TenantsStreamOptions,
} from './TenantsApi';
import type { TenantsCallOptions } from './TenantsCallOptions';
import {
  jsonRequest,
  tenantPath,
  TenantsHttp,
  toSearch,
  type TenantsClientOptions,
} from './TenantsHttp';

/**
 * Speaks to the tenants backend over HTTP. Holds no state and never polls.
 *
 * @public
 */
export class TenantsClient implements TenantsApi {
  /** {@inheritDoc TenantsApi.modules} */
  readonly modules: ModulesApi;
  /** {@inheritDoc TenantsApi.operations} */
  readonly operations: OperationsApi;
  /** {@inheritDoc TenantsApi.details} */
  readonly details: DetailsApi;
  readonly #http: TenantsHttp;

  constructor(options: TenantsClientOptions) {
    this.#http = new TenantsHttp(options);
    this.modules = new ModulesClient(this.#http);
    this.operations = new OperationsClient(this.#http);
    this.details = new DetailsClient(this.#http);
  }

  /** {@inheritDoc TenantsApi.list} */
  list(
    query: Partial<TenantListQuery> = {},
    options?: TenantsCallOptions,
  ): Promise<TenantList> {
    return this.#http.read(
      `/v1/tenants${toSearch(query)}`,
      tenantListSchema,
      options,
    );
  }

  /** {@inheritDoc TenantsApi.get} */
  get(tenant: string, options?: TenantsCallOptions): Promise<Tenant> {
    return this.#http.read(tenantPath(tenant), tenantSchema, options);
  }

  /** {@inheritDoc TenantsApi.allowedActions} */
  allowedActions(
    tenant: string,
    options?: TenantsCallOptions,
  ): Promise<AllowedActions> {
    const path = `${tenantPath(tenant)}/allowed-actions`;
    return this.#http.read(path, allowedActionsSchema, options);
  }

  /** {@inheritDoc TenantsApi.listMembers} */
  listMembers(
    tenant: string,
    query: Partial<MemberQuery> = {},
    options?: TenantsCallOptions,
  ): Promise<MemberPage> {
    const path = `${tenantPath(tenant)}/members${toSearch(query)}`;
    return this.#http.read(path, memberPageSchema, options);
  }

  /** {@inheritDoc TenantsApi.listAuditEvents} */
  listAuditEvents(
    tenant: string,
    query: Partial<AuditQuery> = {},
    options?: TenantsCallOptions,
  ): Promise<AuditPage> {
    const path = `${tenantPath(tenant)}/audit${toSearch(query)}`;
    return this.#http.read(path, auditPageSchema, options);
  }

  /** {@inheritDoc TenantsApi.platform} */
  platform(options?: TenantsCallOptions): Promise<PlatformStatus> {
    return this.#http.read('/v1/platform', platformStatusSchema, options);
  }

  /** {@inheritDoc TenantsApi.openStream} */
  async *openStream(
    request: StreamRequest,
    options: TenantsStreamOptions,
  ): AsyncGenerator<StreamMessage> {
    const init = jsonRequest('POST', request);
    const response = await this.#http.fetch('/v1/stream', init, options);
    yield* readMessages(response);
  }

  /** {@inheritDoc TenantsApi.openLogs} */
  async *openLogs(
    tenant: string,
    selection: LogSelection,
    options: TenantsStreamOptions,
  ): AsyncGenerator<LogMessage> {
    const path = `${tenantPath(tenant)}/logs${toSearch(selection)}`;
    const response = await this.#http.fetch(path, {}, options);
    for await (const message of readMessages(response)) {
      const logMessage = toLogMessage(message);
      if (logMessage) yield logMessage;
    }
  }

  /** {@inheritDoc TenantsApi.downloadLogs} */
  async downloadLogs(
    tenant: string,
    selection: LogSelection,
    options: TenantsStreamOptions,
  ): Promise<LogDownload> {
    const query = toSearch({ format: 'text', ...selection });
    const path = `${tenantPath(tenant)}/logs${query}`;
    const { body, headers } = await this.#http.fetch(path, {}, options);
    return {
      body: body ?? new Blob([]).stream(),
      fileName: fileNameOf(headers) ?? `${tenant}.log`,
    };
  }
}

/** The name the backend gives: letters, digits, dots and dashes only. */
function fileNameOf(headers: Headers): string | undefined {
  const disposition = headers.get('content-disposition') ?? '';
  return /filename="([\w.-]+)"/.exec(disposition)?.[1];
}

async function* readMessages(
  response: Response,
): AsyncGenerator<StreamMessage> {
  if (!response.body) return;
  for await (const line of readLines(response.body)) {
    yield streamMessageSchema.parse(JSON.parse(line));
  }
}

const eventTypeSchema = z.looseObject({ type: z.string() });
const LOG_EVENTS: ReadonlySet<unknown> = new Set(
  logEventSchema.options.map(({ shape }) => shape.type.value),
);

/** A newer backend may tell more than this client knows; what it does know must be right. */
function toLogEvent(data: unknown): LogMessage | undefined {
  const { type } = eventTypeSchema.parse(data);
  if (!LOG_EVENTS.has(type)) return undefined;
  return { type: 'event', event: logEventSchema.parse(data) };
}

function toLogMessage(message: StreamMessage): LogMessage | undefined {
  switch (message.t) {
    case 'event':
      return toLogEvent(message.d);
    case 'gap':
      return { type: 'gap', ...message.d };
    case 'heartbeat':
      return { type: 'heartbeat', at: message.at };
    case 'end':
      return { type: 'end', ...message.d };
    case 'snapshot':
    case 'patch':
      return undefined;
    default:
      return message satisfies never;
  }
}
