// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { changeSetSchema } from './changeSet';

/** Why a plan is refused. @public */
export const REFUSAL_RULES = [
  'invalid-name',
  'name-taken',
  'unknown-cluster',
  'cluster-unavailable',
  'unknown-tier',
  'tier-not-allowed',
  'unknown-module',
  'unknown-release',
  'dependency-missing',
  'dependency-range',
  'dependency-cycle',
  'conflict',
  'scope',
  'kubernetes-version',
  'owner-not-allowed',
  'parameters',
  'secret-missing',
  'quota',
  'manifest',
  'kind-not-allowed',
  'role-not-allowed',
  'pod-security',
  'kind-not-served',
  'not-ours',
  'last-admin',
  'member-unknown',
  'charts-not-configured',
  'nothing-to-deliver',
] as const;

/** One of {@link REFUSAL_RULES}: what a program can tell refusals apart by, while messages are for people. @public */
export type RefusalRule = (typeof REFUSAL_RULES)[number];

/** A way out of a refusal in words and, where it is a change of what was asked for, as that change. @public */
export const fixSchema = z.object({
  label: z.string().describe('What to do, in words.'),
  effect: z.string().optional().describe('What will hold then.'),
  change: z
    .discriminatedUnion('type', [
      z.object({
        type: z.literal('add-module'),
        environment: z.string(),
        module: z.string(),
        version: z.string().optional(),
      }),
      z.object({
        type: z.literal('remove-module'),
        environment: z.string(),
        module: z.string(),
      }),
      z.object({
        type: z.literal('set-version'),
        environment: z.string(),
        module: z.string(),
        version: z.string(),
      }),
      z.object({
        type: z.literal('set-tier'),
        environment: z.string(),
        tier: z.string(),
      }),
      z.object({
        type: z.literal('set-parameter'),
        environment: z.string(),
        module: z.string(),
        path: z.string(),
        value: z.json(),
      }),
      z.object({
        type: z.literal('set-secret'),
        environment: z.string(),
        secret: z.string(),
      }),
    ])
    .optional()
    .describe('The same as a change of the wanted spec, where it is one.'),
});

/** A way out of a refusal. @public */
export type PlanFix = z.infer<typeof fixSchema>;

/** What stands against a plan: the rule, what it refuses, how that came in, and the ways out. @public */
export const refusalSchema = z.object({
  rule: z.enum(REFUSAL_RULES),
  environment: z.string().optional().describe('Absent: the whole tenant.'),
  subject: z.string().describe('What is refused: a module, a tier, an object.'),
  message: z.string(),
  chain: z
    .array(z.string())
    .describe('What led there, from what was asked for to the subject.'),
  fixes: z.array(fixSchema),
});

/** Why something cannot be done, and what would make it possible. @public */
export type Refusal = z.infer<typeof refusalSchema>;

/** What a plan does or leaves open that does not stand in its way; `kind` is for programs, `message` for people. @public */
export const planNoteSchema = z.object({
  environment: z.string().optional(),
  subject: z.string(),
  message: z.string(),
  kind: z.enum([
    'warning',
    'estimated',
    'restart',
    'immutable-field',
    'volume-replaced',
    'scope-change',
    'data-kept',
    'data-lost',
    'offline-validation',
    'rendered-as-files',
    'recommended',
    'deprecated',
  ]),
});

/** Something to know before going on. @public */
export type PlanNote = z.infer<typeof planNoteSchema>;

/** A module of a plan with the release that was chosen, the parameters it gets and the wave in which it is applied. @public */
export const resolvedModuleSchema = z.object({
  name: z.string(),
  version: z.string(),
  hash: z.string(),
  from: z
    .string()
    .optional()
    .describe('The release there is now; absent: new.'),
  requiredBy: z
    .array(z.string())
    .describe('Modules that need it; empty when only asked for.'),
  wave: z.number().int().nonnegative().describe('From 0; lower runs first.'),
  parameters: z
    .record(z.string(), z.json())
    .describe('With defaults and the tier’s values.'),
});

/** A module with the release that was chosen for it. @public */
export type ResolvedModule = z.infer<typeof resolvedModuleSchema>;

/** One resource of a quota now and after a plan, in base units (cores, bytes or a count), and which module takes how much. @public */
export const quotaFitSchema = z.object({
  resource: z.string(),
  unit: z.enum(['cores', 'bytes', 'count']),
  hard: z.number(),
  used: z.number().describe('In use now.'),
  after: z.number().describe('In use when the plan has been applied.'),
  left: z.number().describe('Below zero when it does not fit.'),
  estimated: z
    .boolean()
    .describe('Part of it is stated by a footprint instead of computed.'),
  byModule: z.array(z.object({ module: z.string(), amount: z.number() })),
});

/** How one resource of the tier’s quota would be filled. @public */
export type QuotaFit = z.infer<typeof quotaFitSchema>;

/** An environment of a plan: the modules it would have, the objects that would change and how its quota would be filled. @public */
export const environmentPlanSchema = z.object({
  name: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  tier: z.string(),
  exists: z.boolean(),
  modules: z.array(resolvedModuleSchema).describe('By wave, then name.'),
  changes: changeSetSchema,
  quota: z.array(quotaFitSchema),
});

/** What would happen to one environment. @public */
export type EnvironmentPlan = z.infer<typeof environmentPlanSchema>;

/** A rendered Kubernetes object as YAML, with its path in a repository that a GitOps controller delivers. @public */
export const renderedFileSchema = z.object({
  path: z
    .string()
    .describe('`<cluster>/<tenant>/<environment>/<kind>-<name>.yaml`.'),
  content: z.string().describe('YAML.'),
});

/** A rendered object as a file for a Git repository. Secrets are never among them. @public */
export type RenderedFile = z.infer<typeof renderedFileSchema>;

/** Answer of `POST /v1/plan`: everything an operation would do, or why it cannot be done. @public */
export const planSchema = z.object({
  version: z
    .string()
    .describe(
      'Content hash of everything it depends on. An operation that names another one is refused.',
    ),
  tenant: z.string(),
  exists: z.boolean(),
  madeAt: z.iso.datetime(),
  definitions: z.string().describe('Version of the definitions used.'),
  refusals: z.array(refusalSchema).describe('Empty: it can be done.'),
  notes: z.array(planNoteSchema),
  environments: z.array(environmentPlanSchema),
  files: z
    .array(renderedFileSchema)
    .optional()
    .describe('Where `render` was asked for and nothing is refused.'),
  removedFiles: z
    .array(z.string())
    .optional()
    .describe(
      'Of a delete with `render`: paths of the files to delete from the repository. All others stay, those of namespaces and volume claims too: a controller that misses them deletes the data.',
    ),
});

/** What would happen, before anything is touched. @public */
export type Plan = z.infer<typeof planSchema>;
