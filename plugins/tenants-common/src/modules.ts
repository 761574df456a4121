// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { HEALTH_CODES, healthCountsSchema } from './health';
import {
  categorySchema,
  moduleDefinitionSchema,
  moduleLinkSchema,
  tierSchema,
} from './moduleDefinition';

/** A mistake in a definitions file: where it stands (line and column from 1), which rule it breaks and what would mend it. @public */
export const definitionProblemSchema = z.object({
  file: z.string().describe('Relative to the source, or the URL’s path.'),
  line: z.number().int().positive().optional(),
  column: z.number().int().positive().optional(),
  rule: z.string().describe('Which rule is broken, such as `duplicate-key`.'),
  message: z.string().describe('What is wrong, naming the thing.'),
  remedy: z.string().describe('What would fix it.'),
});

/** A mistake in a definitions file. @public */
export type DefinitionProblem = z.infer<typeof definitionProblemSchema>;

/** One source of definitions: what of it is in use, since when, and what is wrong with its newest content. @public */
export const definitionsStatusSchema = z.object({
  source: z.string().describe('File, folder, URL or extension it comes from.'),
  version: z
    .string()
    .optional()
    .describe('Content hash of what is in use; absent before the first load.'),
  loadedAt: z.iso.datetime().optional(),
  checkedAt: z.iso.datetime().optional(),
  state: z
    .enum(['loading', 'loaded', 'stale', 'failed'])
    .describe('stale: the newest content is refused, the last good is in use.'),
  problems: z.array(definitionProblemSchema),
});

/** What became of the definitions that were read last. @public */
export type DefinitionsStatus = z.infer<typeof definitionsStatusSchema>;

/** A module in one environment, with the release that runs and its health. @public */
export const moduleInstanceSchema = z.object({
  module: z.string(),
  tenant: z.string(),
  environment: z.string(),
  cluster: z.string(),
  release: z.string().optional().describe('Absent when nothing says it.'),
  health: z.enum(HEALTH_CODES),
  reason: z.string(),
  message: z.string(),
});

/** A module that runs in an environment of a tenant the caller may see. @public */
export type ModuleInstance = z.infer<typeof moduleInstanceSchema>;

/** A module as the catalogue lists it: without its releases, with counts over the tenants the caller may see. @public */
export const moduleSummarySchema = moduleDefinitionSchema
  .omit({ releases: true, runbook: true })
  .extend({
    links: z
      .array(moduleLinkSchema)
      .optional()
      .describe('Absent from older backends.'),
    defaultRelease: z.string(),
    releaseCount: z.number().int(),
    requires: z.array(z.string()).describe('Of the default release.'),
    tenants: z.number().int().describe('Tenants the caller may see.'),
    behind: z
      .number()
      .int()
      .describe('Instances on a release older than the default.'),
    health: healthCountsSchema.describe('Instances per code.'),
  });

/** A module in the catalogue’s list. @public */
export type ModuleSummary = z.infer<typeof moduleSummarySchema>;

/** Answer of `GET /v1/modules`. @public */
export const moduleListSchema = z.object({
  version: z.string().describe('Content hash of the definitions.'),
  status: z.array(definitionsStatusSchema),
  categories: z.array(categorySchema),
  items: z.array(moduleSummarySchema).describe('By name.'),
});

/** The module catalogue as one caller sees it, with the state of each source of definitions. @public */
export type ModuleList = z.infer<typeof moduleListSchema>;

/** Answer of `GET /v1/modules/:name`. @public */
export const moduleDetailSchema = moduleDefinitionSchema.extend({
  usedBy: z
    .array(
      z.object({
        module: z.string(),
        release: z.string(),
        relation: z.enum(['requires', 'recommends', 'conflicts']),
        range: z.string(),
      }),
    )
    .describe('Which releases of other modules name it.'),
  health: healthCountsSchema.describe('Instances per code.'),
  tenants: z.number().int().describe('Tenants the caller may see.'),
});

/** A module with its releases, the modules that name it, and its health over the tenants the caller may see. @public */
export type ModuleDetail = z.infer<typeof moduleDetailSchema>;

/** Answer of `GET /v1/modules/:name/instances`. @public */
export const moduleInstanceListSchema = z.object({
  items: z
    .array(moduleInstanceSchema)
    .describe('Oldest release first, then most urgent.'),
});

/** Where a module runs, oldest release first; only tenants that the caller may see. @public */
export type ModuleInstanceList = z.infer<typeof moduleInstanceListSchema>;

/** Answer of `GET /v1/tiers`. @public */
export const tierListSchema = z.object({
  items: z.array(tierSchema),
  clusters: z
    .array(z.string())
    .describe('Where an environment can be made; by name.'),
});

/** The tiers with their quotas, and the clusters on which environments can be made. @public */
export type TierList = z.infer<typeof tierListSchema>;

/** Answer of `GET /v1/categories`. @public */
export const categoryListSchema = z.object({ items: z.array(categorySchema) });

/** The shelves of the module catalogue. @public */
export type CategoryList = z.infer<typeof categoryListSchema>;
