// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** Where a module runs: in a tenant’s environments, or once per cluster and outside every tenant. @public */
export const MODULE_SCOPES = ['tenant', 'cluster'] as const;

/** One of {@link MODULE_SCOPES}; a module of scope `cluster` is never put into an environment. @public */
export type ModuleScope = (typeof MODULE_SCOPES)[number];

/** How far a module definition can be relied on. @public */
export const MODULE_LIFECYCLES = [
  'experimental',
  'production',
  'deprecated',
] as const;

/** One of {@link MODULE_LIFECYCLES}; `production` when a definition does not say. @public */
export type ModuleLifecycle = (typeof MODULE_LIFECYCLES)[number];

/** A shelf that definitions sort modules into, with how it is shown. @public */
export const categorySchema = z.object({
  name: z.string().describe('Key in the definitions.'),
  displayName: z.string(),
  description: z.string().optional(),
  icon: z.string().optional().describe('Name of an icon, or one emoji.'),
});

/** A shelf of the module catalogue. @public */
export type Category = z.infer<typeof categorySchema>;

const amountsSchema = z.record(z.string(), z.string());

/** A size that environments can have: its quota and container limits in Kubernetes quantities, and which owners may have it. @public */
export const tierSchema = z.object({
  name: z.string().describe('Key in the definitions.'),
  displayName: z.string(),
  description: z.string().optional(),
  quota: amountsSchema.describe('As in `ResourceQuota.spec.hard`.'),
  limits: z
    .object({
      default: amountsSchema.optional(),
      defaultRequest: amountsSchema.optional(),
      max: amountsSchema.optional(),
      min: amountsSchema.optional(),
    })
    .optional()
    .describe('As in a `LimitRange` item of type Container.'),
  allowedOwners: z
    .array(z.string())
    .optional()
    .describe('Entity references that may have it; absent: all.'),
});

/** How much an environment may use. @public */
export type Tier = z.infer<typeof tierSchema>;

/** A module, or something provided, with the versions of it that a release goes with. @public */
export const moduleDependencySchema = z.object({
  name: z
    .string()
    .describe('A module, or something that modules say they provide.'),
  range: z.string().describe('Semantic version range; `*` when any release.'),
});

/** What a release needs or recommends: by name of a module or of what one provides, within a semantic version range. @public */
export type ModuleDependency = z.infer<typeof moduleDependencySchema>;

/** A module with the versions of it that a release cannot run beside, and why where the definition says it. @public */
export const moduleConflictSchema = moduleDependencySchema.extend({
  reason: z.string().optional(),
});

/** What a release cannot run beside in one environment; `reason` is `undefined` when the definition gives none. @public */
export type ModuleConflict = z.infer<typeof moduleConflictSchema>;

/** A secret that a release needs, by name; its value is in no definition. @public */
export const releaseSecretSchema = z.object({
  name: z.string(),
  description: z.string().optional(),
  required: z.boolean(),
  generate: z
    .boolean()
    .describe('Made by us when it is not set; otherwise a person sets it.'),
});

/** A secret a release needs. @public */
export type ReleaseSecret = z.infer<typeof releaseSecretSchema>;

/** A port of a Service that a release brings, named and described for those who call it. @public */
export const releaseEndpointSchema = z.object({
  name: z.string(),
  service: z.string(),
  port: z.number().int().min(1).max(65535),
  path: z.string().optional(),
  description: z.string().optional(),
});

/** Where what a release runs can be reached inside the cluster. @public */
export type ReleaseEndpoint = z.infer<typeof releaseEndpointSchema>;

/** One version of a module with what it needs, allows and provides; what it delivers is not sent, only its `hash`. @public */
export const releaseSchema = z.object({
  version: z.string().describe('Semantic version.'),
  hash: z.string().describe('Content hash of the release with its manifests.'),
  delivery: z
    .enum(['manifests', 'chart', 'none'])
    .describe('`none`: the definition only describes it.'),
  kubernetes: z
    .string()
    .optional()
    .describe('Range of the cluster’s version; absent: any.'),
  dependencies: z.array(moduleDependencySchema),
  recommends: z.array(moduleDependencySchema),
  conflicts: z.array(moduleConflictSchema),
  provides: z.array(z.string()),
  parameters: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('JSON Schema of its parameters; absent when it has none.'),
  tierParameters: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .describe('Parameter values per tier.'),
  allowedTiers: z.array(z.string()).optional().describe('Absent: all.'),
  allowedOwners: z
    .array(z.string())
    .optional()
    .describe('Entity references that may use it; absent: all.'),
  footprint: amountsSchema
    .optional()
    .describe(
      'Requests it states (`cpu`, `memory`, `storage`, `pods`), where they cannot be computed from the objects.',
    ),
  secrets: z.array(releaseSecretSchema),
  endpoints: z.array(releaseEndpointSchema),
  notes: z.string().optional().describe('What is new, as Markdown.'),
  deprecated: z
    .object({
      message: z.string(),
      endsAt: z.iso.date().optional(),
    })
    .optional(),
});

/** One version of a module. @public */
export type Release = z.infer<typeof releaseSchema>;

/** A link that a module’s definition gives to its readers, such as to its documentation. @public */
export const moduleLinkSchema = z.object({
  title: z.string(),
  url: z.string().describe('http or https.'),
});

/** A module with all its releases, as the definitions say it; who runs it is not part of it. @public */
export const moduleDefinitionSchema = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string().optional(),
  category: z.string().optional(),
  owner: z.string().optional().describe('Entity reference.'),
  scope: z.enum(MODULE_SCOPES),
  lifecycle: z.enum(MODULE_LIFECYCLES),
  links: z.array(moduleLinkSchema),
  runbook: z.string().optional().describe('Markdown.'),
  releases: z
    .array(releaseSchema)
    .min(1)
    .describe('Highest version first; the first is the default.'),
});

/** What may run, as the platform team wrote it. @public */
export type ModuleDefinition = z.infer<typeof moduleDefinitionSchema>;
