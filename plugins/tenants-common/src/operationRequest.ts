// SPDX-License-Identifier: Apache-2.0
import type { Permission } from '@backstage/plugin-permission-common';
import { z } from 'zod';
import type { OperationType } from './operation';
import {
  memberManagePermission,
  tenantAdoptPermission,
  tenantDeletePermission,
  tenantOperatePermission,
  tenantPurgePermission,
  tenantUpdatePermission,
} from './permissions';
import {
  environmentSpecSchema,
  memberChoiceSchema,
  SPEC_LIMITS,
  tenantSpecSchema,
  workloadKeySchema,
} from './tenantSpec';

const environment = z.string().min(1).max(63);
const someEnvironments = z
  .array(environment)
  .max(SPEC_LIMITS.environments)
  .optional()
  .describe('Absent: all of them.');

/** Fields every request may carry. */
const base = {
  planVersion: z
    .string()
    .max(100)
    .optional()
    .describe(
      'Of the plan that was looked at; refused when another would be made now.',
    ),
};

/** Body of `POST /v1/tenants/:tenant/operations` and, as `POST /v1/plan`’s `request`, what is planned. @public */
export const operationRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...base,
    type: z.literal('apply'),
    ...tenantSpecSchema.omit({ tenant: true }).shape,
  }),
  z.strictObject({
    ...base,
    type: z.literal('adopt'),
    cluster: z.string().min(1).max(253),
    namespaces: z.array(z.string().min(1).max(63)).min(1).max(20),
    environment: environmentSpecSchema.shape.name,
    tier: environmentSpecSchema.shape.tier,
    owner: tenantSpecSchema.shape.owner,
  }),
  z.strictObject({
    ...base,
    type: z.literal('delete'),
    environments: someEnvironments,
  }),
  z.strictObject({
    ...base,
    type: z.literal('purge'),
    environments: someEnvironments,
    confirm: z.string().max(63).describe('The tenant’s name once more.'),
  }),
  z.strictObject({
    ...base,
    type: z.literal('restart'),
    environment,
    workload: workloadKeySchema,
  }),
  z.strictObject({
    ...base,
    type: z.literal('scale'),
    environment,
    workload: workloadKeySchema,
    replicas: z.number().int().min(0).max(SPEC_LIMITS.replicas),
  }),
  z.strictObject({
    ...base,
    type: z.literal('sleep'),
    environments: someEnvironments,
  }),
  z.strictObject({
    ...base,
    type: z.literal('wake'),
    environments: someEnvironments,
  }),
  z.strictObject({
    ...base,
    type: z.literal('rollback'),
    environment,
    revision: z.number().int().positive(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('members'),
    environments: someEnvironments,
    set: z.array(memberChoiceSchema).max(SPEC_LIMITS.members).default([]),
    remove: z
      .array(memberChoiceSchema.shape.subject)
      .max(SPEC_LIMITS.members)
      .default([]),
  }),
]);

/** What an operation is asked to do, by `type`: the request after defaults. @public */
export type OperationRequest = z.infer<typeof operationRequestSchema>;

/** What a caller writes: the request before defaults. @public */
export type OperationRequestInput = z.input<typeof operationRequestSchema>;

/**
 * What each type needs on a tenant that exists. `apply` of one that does not needs `tenants.tenant.create` instead.
 *
 * @public
 */
export const operationPermissions: Readonly<Record<OperationType, Permission>> =
  {
    apply: tenantUpdatePermission,
    adopt: tenantAdoptPermission,
    delete: tenantDeletePermission,
    purge: tenantPurgePermission,
    restart: tenantOperatePermission,
    scale: tenantOperatePermission,
    sleep: tenantOperatePermission,
    wake: tenantOperatePermission,
    rollback: tenantUpdatePermission,
    members: memberManagePermission,
  };

/** Header that makes a repeated request the same operation: 1 to 100 letters, digits, `.`, `_`, `-`. @public */
export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key';

/** Body of `POST /v1/plan`. @public */
export const planRequestSchema = z.strictObject({
  tenant: z.string().min(1).max(63),
  request: operationRequestSchema,
  render: z
    .boolean()
    .optional()
    .describe('Answer with the rendered objects as files too.'),
});

/** What is to be planned, and for which tenant: the request after defaults. @public */
export type PlanRequest = z.infer<typeof planRequestSchema>;

/** What a caller writes: the request before defaults. @public */
export type PlanRequestInput = z.input<typeof planRequestSchema>;
