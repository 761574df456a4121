// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type AuthService,
  type BackstageCredentials,
  type DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  platformStatusSchema,
  tenantListSchema,
  tenantSchema,
  type PlatformStatus,
  type Tenant,
  type TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import type { z } from 'zod';

const PAGE_SIZE = 1_000;
/** More pages than any platform has tenants: a list that does not end is an error. */
const MAX_PAGES = 100;
const TIMEOUT_MS = 30_000;

/**
 * Topic of the events service on which the Tenantry backend says that slow-moving facts of a tenant changed: that it exists, its
 * owner, tier, modules or clusters.
 *
 * @public
 */
export const TENANTS_CHANGED_TOPIC = 'tenants.changed';

/**
 * Payload on {@link TENANTS_CHANGED_TOPIC}.
 *
 * @public
 */
export type TenantsChangedPayload = {
  /** As it is now, or as it was last. */
  readonly tenant: TenantRow;
  /** `true` when it is gone. */
  readonly deleted?: boolean;
};

/** Who asks. @public */
export type TenantsServiceOptions = {
  /** The service acts with these credentials’ rights. */
  readonly credentials: BackstageCredentials;
};

/**
 * Reads tenants for other backend plugins, wherever the Tenantry backend runs.
 *
 * @public
 */
export interface TenantsService {
  /** Every tenant the credentials may see. @throws ResponseError when the Tenantry backend refuses or fails */
  list(options: TenantsServiceOptions): Promise<TenantRow[]>;
  /** `undefined` when there is none of that name, or none that the credentials may see. @throws ResponseError */
  get(
    name: string,
    options: TenantsServiceOptions,
  ): Promise<Tenant | undefined>;
  /** The clusters with their freshness. @throws ResponseError */
  getPlatform(options: TenantsServiceOptions): Promise<PlatformStatus>;
}

async function call(
  { discovery, auth }: TenantsServiceDeps,
  path: string,
  credentials: BackstageCredentials,
): Promise<Response> {
  const baseUrl = await discovery.getBaseUrl('tenants');
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: credentials,
    targetPluginId: 'tenants',
  });
  return fetch(`${baseUrl}/${path}`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

async function read<T extends z.ZodType>(
  res: Response,
  schema: T,
): Promise<z.output<T>> {
  if (!res.ok) throw await ResponseError.fromResponse(res);
  return schema.parse(await res.json());
}

/** What the service reaches the Tenantry backend by. @public */
export type TenantsServiceDeps = {
  readonly discovery: DiscoveryService;
  readonly auth: AuthService;
};

/**
 * Reads tenants over HTTP.
 *
 * @public
 */
export function createTenantsService(deps: TenantsServiceDeps): TenantsService {
  return {
    async list({ credentials }) {
      const rows: TenantRow[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MAX_PAGES; page++) {
        const query = new URLSearchParams({
          sort: 'name',
          limit: String(PAGE_SIZE),
        });
        if (cursor !== undefined) query.set('cursor', cursor);
        const res = await call(deps, `v1/tenants?${query}`, credentials);
        const list = await read(res, tenantListSchema);
        rows.push(...list.items);
        cursor = list.nextCursor;
        if (cursor === undefined) return rows;
      }
      throw new Error(
        `The list of tenants did not end after ${MAX_PAGES} pages of ${PAGE_SIZE}.`,
      );
    },

    async get(name, { credentials }) {
      const path = `v1/tenants/${encodeURIComponent(name)}`;
      const res = await call(deps, path, credentials);
      if (res.status === 404) {
        await res.body?.cancel();
        return undefined;
      }
      return read(res, tenantSchema);
    },

    async getPlatform({ credentials }) {
      const res = await call(deps, 'v1/platform', credentials);
      return read(res, platformStatusSchema);
    },
  };
}

/** @public */
export const tenantsServiceRef = createServiceRef<TenantsService>({
  id: 'tenants.service',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { discovery: coreServices.discovery, auth: coreServices.auth },
      factory: ({ discovery, auth }) =>
        createTenantsService({ discovery, auth }),
    }),
});
