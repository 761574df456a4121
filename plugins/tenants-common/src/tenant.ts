// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { freshnessSchema, partialDataSchema } from './freshness';
import { HEALTH_CODES, rollUpSchema } from './health';
import { moduleEndpointSchema } from './moduleEndpoint';
import { quotaLineSchema } from './quota';
import { workloadSchema } from './workload';

/** A fact about a tenant with type, status, reason and message, as Kubernetes conditions have them. @public */
export const conditionSchema = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
});

/**
 * A fact about a tenant in the shape of a Kubernetes condition, for example `OwnerConflict`.
 *
 * @public
 */
export type Condition = z.infer<typeof conditionSchema>;

/** The workloads of a module in one environment, with their health taken together. @public */
export const tenantModuleSchema = z.object({
  name: z
    .string()
    .describe('The module’s name; `other` for workloads that name no module.'),
  release: z
    .string()
    .optional()
    .describe('The release that runs, where the workloads say so.'),
  health: rollUpSchema,
  workloads: z.array(workloadSchema),
  endpoints: z
    .array(moduleEndpointSchema)
    .optional()
    .describe(
      'Where it can be reached from outside, at most 10; absent when nowhere, and where Ingresses are not read.',
    ),
});

/**
 * A module of an environment: the workloads that belong together.
 *
 * @public
 */
export type TenantModule = z.infer<typeof tenantModuleSchema>;

/** One environment of a tenant with its health, its quota and what runs in it. @public */
export const environmentSchema = z.object({
  name: z.string(),
  cluster: z.string(),
  namespaces: z.array(z.string()),
  state: z.enum(['Active', 'Empty', 'Retained', 'Terminating']),
  tier: z.string().optional(),
  health: rollUpSchema,
  freshness: freshnessSchema,
  modules: z.array(tenantModuleSchema),
  quota: z.array(quotaLineSchema),
});

/**
 * One environment of a tenant: one or more namespaces on one cluster.
 *
 * @public
 */
export type Environment = z.infer<typeof environmentSchema>;

/** An object that makes a tenant unhealthy, with the pod and container whose log to read first, where there is one. @public */
export const causeSchema = z.object({
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  module: z.string(),
  object: z.object({ kind: z.string(), name: z.string() }),
  pod: z
    .string()
    .optional()
    .describe('A pod whose log and events show the cause.'),
  container: z.string().optional(),
  code: z.enum(HEALTH_CODES),
  reason: z.string(),
  message: z.string(),
  since: z.iso.datetime().optional(),
  previousLog: z
    .boolean()
    .describe('Whether the log before the last crash can be read.'),
  ended: z
    .object({
      times: z.number().int().positive(),
      reason: z
        .string()
        .optional()
        .describe('What all of these ends have in common.'),
    })
    .optional()
    .describe(
      'How often the container ended since `since`; absent when it does not end, or not all of its ends were seen.',
    ),
  nextStartAt: z.iso
    .datetime()
    .optional()
    .describe('About when the container is started again, after a back-off.'),
});

/**
 * Why a tenant is not healthy: the object at fault and where to look next.
 *
 * @public
 */
export type Cause = z.infer<typeof causeSchema>;

/** Equal Kubernetes events about one object as one, with how often and when they were seen. @public */
export const tenantEventSchema = z.object({
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  type: z.enum(['Normal', 'Warning']),
  reason: z.string(),
  message: z.string(),
  object: z.object({ kind: z.string(), name: z.string() }),
  count: z.number().int().positive(),
  firstSeen: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
});

/**
 * Kubernetes events of one object with one reason and message, folded into one.
 *
 * @public
 */
export type TenantEvent = z.infer<typeof tenantEventSchema>;

/** Answer of `GET /v1/tenants/:tenant`: one tenant with its environments, why it is not healthy, and its newest events. @public */
export const tenantSchema = z.object({
  name: z.string(),
  version: z
    .string()
    .describe(
      'Content hash: equal content has equal versions on every replica.',
    ),
  owner: z
    .string()
    .optional()
    .describe(
      'Entity reference of the owner; absent when no namespace names one.',
    ),
  members: z
    .array(z.string())
    .describe('Entity references of users and groups that hold a role in it.'),
  tier: z.string().optional(),
  labels: z
    .record(z.string(), z.string())
    .describe('Labels that all its namespaces share.'),
  health: rollUpSchema,
  conditions: z.array(conditionSchema),
  causes: z.array(causeSchema).describe('Worst first.'),
  environments: z.array(environmentSchema),
  events: z.array(tenantEventSchema).describe('Newest first, at most 50.'),
  partial: z
    .array(partialDataSchema)
    .describe('What is missing or old in this answer.'),
});

/**
 * Everything known of one tenant now.
 *
 * @public
 */
export type Tenant = z.infer<typeof tenantSchema>;
