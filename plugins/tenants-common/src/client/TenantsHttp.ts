// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
import type { z } from 'zod';
import { VIEW_AS_HEADER } from '../routes';
import type { TenantsCallOptions } from './TenantsCallOptions';

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

/** Calls the tenants backend: finds it, says as whom, and turns a refusal into an error. */
export class TenantsHttp {
  readonly #options: TenantsClientOptions;

  constructor(options: TenantsClientOptions) {
    this.#options = options;
  }

  /** Reads JSON. @throws ResponseError when the backend refuses or fails */
  async read<T extends z.ZodType>(
    path: string,
    schema: T,
    options: TenantsCallOptions = {},
  ): Promise<z.output<T>> {
    const response = await this.fetch(path, {}, options);
    return schema.parse(await response.json());
  }

  /** Sends JSON and reads the answer's. @throws ResponseError when the backend refuses or fails */
  async send<T extends z.ZodType>(
    path: string,
    body: unknown,
    {
      schema,
      headers,
      ...options
    }: TenantsCallOptions & {
      readonly schema: T;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<z.output<T>> {
    const init = { ...jsonRequest('POST', body) };
    const response = await this.fetch(
      path,
      { ...init, headers: { ...init.headers, ...headers } },
      options,
    );
    return schema.parse(await response.json());
  }

  /** @throws ResponseError when the backend refuses or fails */
  async fetch(
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

/** A request with a JSON body. */
export function jsonRequest(method: 'POST' | 'PUT', body: unknown) {
  return {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** The path of a tenant. */
export function tenantPath(tenant: string): string {
  return `/v1/tenants/${encodeURIComponent(tenant)}`;
}

/** A query as the end of an address; what is `undefined` or empty is left out. */
export function toSearch(query: {
  readonly [name: string]: QueryValue;
}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && String(value) !== '') {
      search.set(name, String(value));
    }
  }
  return search.size > 0 ? `?${search}` : '';
}
