// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
import type { z } from 'zod';
import { allowedActionsSchema, type AllowedActions } from '../allowedActions';
import { auditPageSchema, type AuditPage, type AuditQuery } from '../audit';
import { logEventSchema } from '../log';
import {
  memberPageSchema,
  type MemberPage,
  type MemberQuery,
} from '../members';
import { platformStatusSchema, type PlatformStatus } from '../platform';
import { VIEW_AS_HEADER } from '../routes';
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
import { readLines } from './readLines';
import type {
  LogMessage,
  LogSelection,
  TenantsApi,
  TenantsCallOptions,
  TenantsStreamOptions,
} from './TenantsApi';

/**
 * What the client needs from its host: where the backend is, and a fetch that carries the caller's token.
 *
 * @public
 */
export type TenantsClientOptions = {
  readonly discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly fetchApi: { fetch: typeof fetch };
  /** Entity reference of the user as whom a platform engineer looks; asked at each request. `undefined`: as oneself. */
  readonly viewAs?: () => string | undefined;
};

type QueryValue = string | number | boolean | readonly string[] | undefined;

/**
 * Speaks to the tenants backend over HTTP. Holds no state and never polls.
 *
 * @public
 */
export class TenantsClient implements TenantsApi {
  readonly #options: TenantsClientOptions;

  constructor(options: TenantsClientOptions) {
    this.#options = options;
  }

  list(
    query: Partial<TenantListQuery> = {},
    options?: TenantsCallOptions,
  ): Promise<TenantList> {
    return this.#read(
      `/v1/tenants${toSearch(query)}`,
      tenantListSchema,
      options,
    );
  }

  get(tenant: string, options?: TenantsCallOptions): Promise<Tenant> {
    return this.#read(tenantPath(tenant), tenantSchema, options);
  }

  allowedActions(
    tenant: string,
    options?: TenantsCallOptions,
  ): Promise<AllowedActions> {
    const path = `${tenantPath(tenant)}/allowed-actions`;
    return this.#read(path, allowedActionsSchema, options);
  }

  listMembers(
    tenant: string,
    query: Partial<MemberQuery> = {},
    options?: TenantsCallOptions,
  ): Promise<MemberPage> {
    const path = `${tenantPath(tenant)}/members${toSearch(query)}`;
    return this.#read(path, memberPageSchema, options);
  }

  listAuditEvents(
    tenant: string,
    query: Partial<AuditQuery> = {},
    options?: TenantsCallOptions,
  ): Promise<AuditPage> {
    const path = `${tenantPath(tenant)}/audit${toSearch(query)}`;
    return this.#read(path, auditPageSchema, options);
  }

  platform(options?: TenantsCallOptions): Promise<PlatformStatus> {
    return this.#read('/v1/platform', platformStatusSchema, options);
  }

  async *openStream(
    request: StreamRequest,
    options: TenantsStreamOptions,
  ): AsyncGenerator<StreamMessage> {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    };
    const response = await this.#fetch('/v1/stream', init, options);
    yield* readMessages(response);
  }

  async *openLogs(
    tenant: string,
    selection: LogSelection,
    options: TenantsStreamOptions,
  ): AsyncGenerator<LogMessage> {
    const path = `${tenantPath(tenant)}/logs${toSearch(selection)}`;
    const response = await this.#fetch(path, {}, options);
    for await (const message of readMessages(response)) {
      const logMessage = toLogMessage(message);
      if (logMessage) yield logMessage;
    }
  }

  async #read<T extends z.ZodType>(
    path: string,
    schema: T,
    options: TenantsCallOptions = {},
  ): Promise<z.output<T>> {
    const response = await this.#fetch(path, {}, options);
    return schema.parse(await response.json());
  }

  async #fetch(
    path: string,
    init: RequestInit,
    { signal, viewAs = this.#options.viewAs?.() }: TenantsCallOptions,
  ): Promise<Response> {
    const base = await this.#options.discoveryApi.getBaseUrl('tenants');
    const headers = new Headers(init.headers);
    if (viewAs !== undefined) headers.set(VIEW_AS_HEADER, viewAs);
    const request = { ...init, headers, signal };
    const response = await this.#options.fetchApi.fetch(base + path, request);
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}

function tenantPath(tenant: string): string {
  return `/v1/tenants/${encodeURIComponent(tenant)}`;
}

function toSearch(query: { readonly [name: string]: QueryValue }): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && String(value) !== '') {
      search.set(name, String(value));
    }
  }
  return search.size > 0 ? `?${search}` : '';
}

async function* readMessages(
  response: Response,
): AsyncGenerator<StreamMessage> {
  if (!response.body) return;
  for await (const line of readLines(response.body)) {
    yield streamMessageSchema.parse(JSON.parse(line));
  }
}

function toLogMessage(message: StreamMessage): LogMessage | undefined {
  switch (message.t) {
    case 'event':
      return { type: 'event', event: logEventSchema.parse(message.d) };
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
