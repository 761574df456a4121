// SPDX-License-Identifier: Apache-2.0
import { HEALTH_CODES } from '@tenantry/backstage-plugin-tenants-common';
import {
  ACTION_LIMITS,
  nameInput,
  READ_ONLY,
  UNTRUSTED_NOTICE,
  withUntrusted,
  type ActionTools,
} from './ActionTools';
import { describeRow, describeTenant } from './describeTenant';

/** list-tenants, get-tenant, get-tenant-events. */
export function registerTenantActions(tools: ActionTools): void {
  registerListTenants(tools);
  registerGetTenant(tools);
  registerGetTenantEvents(tools);
}

function registerListTenants({ registry, as }: ActionTools): void {
  registry.register({
    name: 'list-tenants',
    title: 'List tenants',
    description:
      'The tenants the caller may see, most urgent first, with owner, tier, health, environments and modules.',
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z.object({
          health: z.array(z.enum(HEALTH_CODES)).max(6).optional(),
          cluster: nameInput(z, 'Only tenants on this cluster.').optional(),
          module: nameInput(z, 'Only tenants that run this module.').optional(),
          search: z.string().max(100).optional(),
          limit: z.number().int().min(1).max(ACTION_LIMITS.listed).optional(),
        }),
      output: z =>
        z.object({
          total: z.number(),
          counts: z.record(z.number()),
          tenants: z.array(z.object({}).passthrough()),
        }),
    },
    action: async ({ input, credentials }) => {
      const { health, cluster, module, search, limit = 50 } = input;
      const list = await as(credentials).list({
        ...(health ? { health } : {}),
        ...(cluster ? { cluster: [cluster] } : {}),
        ...(module ? { module: [module] } : {}),
        ...(search ? { q: search } : {}),
        limit,
      });
      return {
        output: {
          total: list.totalItems,
          counts: list.counts,
          tenants: list.items.map(describeRow),
        },
      };
    },
  });
}

function registerGetTenant({ registry, as }: ActionTools): void {
  registry.register({
    name: 'get-tenant',
    title: 'Get a tenant',
    description:
      'One tenant: whether it is healthy, what is wrong and since when, its environments, quota and workloads.',
    attributes: READ_ONLY,
    schema: {
      input: z => z.object({ tenant: nameInput(z, 'Name of the tenant.') }),
      output: z =>
        withUntrusted(z, {}, z.object({}).passthrough()).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: describeTenant(await as(credentials).get(input.tenant)),
    }),
  });
}

function registerGetTenantEvents({ registry, as }: ActionTools): void {
  registry.register({
    name: 'get-tenant-events',
    title: 'Get the events of a tenant',
    description:
      'Kubernetes events of a tenant, newest first. Kubernetes keeps them for about an hour.',
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z.object({
          tenant: nameInput(z, 'Name of the tenant.'),
          environment: nameInput(z, 'Only this environment.').optional(),
          warningsOnly: z.boolean().optional(),
        }),
      output: z =>
        withUntrusted(
          z,
          { tenant: z.string() },
          z.array(z.object({}).passthrough()),
        ),
    },
    action: async ({ input, credentials }) => {
      const { tenant, environment, warningsOnly } = input;
      const { events } = await as(credentials).get(tenant);
      const wanted = events.filter(
        event =>
          (!environment || event.environment === environment) &&
          (!warningsOnly || event.type === 'Warning'),
      );
      return {
        output: {
          tenant,
          notice: UNTRUSTED_NOTICE,
          untrusted: wanted.slice(0, ACTION_LIMITS.events).map(event => ({
            ...event,
            object: `${event.object.kind}/${event.object.name}`,
          })),
        },
      };
    },
  });
}
