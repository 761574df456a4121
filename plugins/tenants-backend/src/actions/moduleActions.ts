// SPDX-License-Identifier: Apache-2.0
import { moduleReadPermission } from '@tenantry/backstage-plugin-tenants-common';
import { nameInput, READ_ONLY, type ActionTools } from './ActionTools';

/** list-modules, get-module. */
export function registerModuleActions({ registry, as }: ActionTools): void {
  registry.register({
    name: 'list-modules',
    title: 'List modules',
    description:
      'What may run in a tenant: modules by category with their default release, what they require, and the tiers.',
    attributes: READ_ONLY,
    visibilityPermission: moduleReadPermission,
    schema: {
      input: z =>
        z.object({
          category: nameInput(z, 'Only modules of this category.').optional(),
        }),
      output: z =>
        z.object({
          modules: z.array(z.object({}).passthrough()),
          tiers: z.array(z.object({}).passthrough()),
          clusters: z.array(z.string()),
        }),
    },
    action: async ({ input, credentials }) => {
      const { modules } = as(credentials);
      const { items } = await modules.list();
      const tiers = await modules.listTiers();
      return {
        output: {
          modules: items.filter(
            ({ category }) => !input.category || category === input.category,
          ),
          tiers: tiers.items,
          clusters: tiers.clusters,
        },
      };
    },
  });
  registry.register({
    name: 'get-module',
    title: 'Get a module',
    description:
      'One module with its releases, their parameters as JSON Schema, requirements, conflicts and runbook, and which of the caller’s tenants run it.',
    attributes: READ_ONLY,
    visibilityPermission: moduleReadPermission,
    schema: {
      input: z => z.object({ module: nameInput(z, 'Name of the module.') }),
      output: z =>
        z.object({
          module: z.object({}).passthrough(),
          instances: z.array(z.object({}).passthrough()),
        }),
    },
    action: async ({ input, credentials }) => {
      const { modules } = as(credentials);
      const [module, { items: instances }] = await Promise.all([
        modules.get(input.module),
        modules.listInstances(input.module),
      ]);
      return { output: { module, instances } };
    },
  });
}
