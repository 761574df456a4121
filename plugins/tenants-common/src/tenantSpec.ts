// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const ENTITY_REF = /^(user|group):[a-z0-9A-Z._-]{1,63}\/[a-z0-9A-Z._-]{1,63}$/;
const WORKLOAD =
  /^[A-Z][A-Za-z0-9]{0,62}\/[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Named limits of what can be asked for at once. @public */
export const SPEC_LIMITS = {
  environments: 20,
  modules: 100,
  members: 200,
  overrides: 200,
  replicas: 1_000,
} as const;

/** What a member may do, as the ClusterRoles of the same names say. @public */
export const MEMBER_ROLES = ['admin', 'edit', 'view'] as const;

/** One of {@link MEMBER_ROLES}. @public */
export type MemberRole = (typeof MEMBER_ROLES)[number];

const label = (max: number) => z.string().min(1).max(max).regex(LABEL);
const keySchema = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9_.]*[a-z0-9])?$/);

/** `Kind/name` of a workload. @public */
export const workloadKeySchema = z
  .string()
  .max(320)
  .regex(WORKLOAD)
  .describe('`Kind/name`, such as `Deployment/web`.');

/** A module to run, with the version and parameters it is to have; unknown fields are refused. @public */
export const moduleChoiceSchema = z.strictObject({
  name: label(63),
  version: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Version or range; absent: the highest that is allowed.'),
  parameters: z.record(z.string().max(200), z.json()).default({}),
});

/** A module somebody wants in an environment. @public */
export type ModuleChoice = z.infer<typeof moduleChoiceSchema>;

/** A user or group by entity reference, and the role it shall hold; unknown fields are refused. @public */
export const memberChoiceSchema = z.strictObject({
  subject: z
    .string()
    .max(135)
    .regex(ENTITY_REF)
    .describe(
      'A user or group of the catalogue, such as `group:default/team-a`.',
    ),
  role: z.enum(MEMBER_ROLES),
});

/** Somebody who shall hold a role in an environment. @public */
export type MemberChoice = z.infer<typeof memberChoiceSchema>;

/** Two cron expressions in one time zone (UTC when not said); unknown fields are refused. @public */
export const sleepScheduleSchema = z.strictObject({
  timeZone: z.string().max(64).default('UTC').describe('IANA name.'),
  sleep: z.string().max(100).describe('Cron expression of five fields.'),
  wake: z.string().max(100).describe('Cron expression of five fields.'),
});

/** When an environment goes to sleep and wakes by itself. @public */
export type SleepSchedule = z.infer<typeof sleepScheduleSchema>;

/** The wanted state of one environment, whole: what is left out gets its default, and unknown fields are refused. @public */
export const environmentSpecSchema = z.strictObject({
  name: label(20),
  cluster: z.string().min(1).max(253),
  tier: keySchema,
  modules: z.array(moduleChoiceSchema).max(SPEC_LIMITS.modules).default([]),
  members: z.array(memberChoiceSchema).max(SPEC_LIMITS.members).default([]),
  asleep: z.boolean().default(false),
  sleepSchedule: sleepScheduleSchema.optional(),
  overrides: z
    .record(
      workloadKeySchema,
      z.strictObject({
        replicas: z.number().int().min(0).max(SPEC_LIMITS.replicas),
      }),
    )
    .default({})
    .describe('Replicas that differ from what the module says, by workload.'),
  expiresAt: z.iso
    .datetime()
    .optional()
    .describe('When it goes to sleep for good; absent: never.'),
});

/** What one environment shall be. @public */
export type EnvironmentSpec = z.infer<typeof environmentSpecSchema>;

/** The wanted state of the environments it names, and the owner; unknown fields are refused. @public */
export const tenantSpecSchema = z.strictObject({
  tenant: z.string().min(1).max(63),
  owner: z
    .string()
    .max(135)
    .regex(ENTITY_REF)
    .optional()
    .describe('Entity reference; absent keeps the owner it has.'),
  environments: z
    .array(environmentSpecSchema)
    .min(1)
    .max(SPEC_LIMITS.environments)
    .refine(all => new Set(all.map(e => e.name)).size === all.length, {
      message: 'Each environment needs a name of its own.',
    })
    .describe('Those to create or change. Others stay as they are.'),
});

/** What a tenant shall be. @public */
export type TenantSpec = z.infer<typeof tenantSpecSchema>;

/** What a caller writes: the spec before defaults. @public */
export type TenantSpecInput = z.input<typeof tenantSpecSchema>;
