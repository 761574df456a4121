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
  TenantsClient,
  type PlatformStatus,
  type Tenant,
  type TenantRow,
  type TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';

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
  /** The whole API with these credentials’ rights: what the pages use, for other plugins. */
  as(credentials: BackstageCredentials): TenantsApi;
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

/**
 * Runs what calls the API on behalf of somebody who is shown the error’s text: a refusal is thrown with the backend’s own words
 * and name instead of “Request failed with 404”.
 *
 * @public
 */
export async function inBackendWords<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof ResponseError ? error.cause : error;
  }
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
  const as = (credentials: BackstageCredentials): TenantsApi =>
    new TenantsClient({
      discoveryApi: deps.discovery,
      fetchApi: { fetch: fetchAs(deps.auth, credentials) },
    });
  return {
    as,
    list: ({ credentials }) => listAll(as(credentials)),
    async get(name, { credentials }) {
      try {
        return await as(credentials).get(name, timeLimit());
      } catch (error) {
        if (error instanceof ResponseError && error.statusCode === 404) {
          return undefined;
        }
        throw error;
      }
    },
    getPlatform: ({ credentials }) => as(credentials).platform(timeLimit()),
  };
}

/** A fetch that carries the caller’s token for the Tenantry backend. */
function fetchAs(
  auth: AuthService,
  credentials: BackstageCredentials,
): typeof fetch {
  return async (input, init) => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'tenants',
    });
    const headers = new Headers(init?.headers);
    headers.set('Authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
}

async function listAll(api: TenantsApi): Promise<TenantRow[]> {
  const rows: TenantRow[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const list = await api.list(
      { sort: 'name', limit: PAGE_SIZE, cursor },
      timeLimit(),
    );
    rows.push(...list.items);
    cursor = list.nextCursor;
    if (cursor === undefined) return rows;
  }
  throw new Error(
    `The list of tenants did not end after ${MAX_PAGES} pages of ${PAGE_SIZE}.`,
  );
}

function timeLimit() {
  return { signal: AbortSignal.timeout(TIMEOUT_MS) };
}

/** Gives other backend plugins the {@link TenantsService}; it works in any backend of the portal without being installed. @public */
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
