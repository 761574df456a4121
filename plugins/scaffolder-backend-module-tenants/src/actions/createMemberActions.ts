// SPDX-License-Identifier: Apache-2.0
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { MEMBER_ROLES } from '@tenantry/backstage-plugin-tenants-common';
import type { z as ZodV3 } from 'zod/v3';
import { memberAddExamples, memberRemoveExamples } from './memberExamples';
import {
  planRequest,
  startOnce,
  type TenantActionOptions,
} from './TenantActionOptions';

const memberInput = {
  tenant: (z: typeof ZodV3) => z.string({ description: 'Name of the tenant.' }),
  subject: (z: typeof ZodV3) =>
    z.string({
      description: 'A user or group, such as group:default/team-a.',
    }),
  environments: (z: typeof ZodV3) =>
    z
      .array(z.string(), {
        description: 'Only these environments; left out: all.',
      })
      .optional(),
};

const output = {
  operation: (z: typeof ZodV3) =>
    z.string({ description: 'The operation; empty in a dry run.' }),
};

/** `tenants:member:add`: gives somebody a role, or another one than before. */
export function createMemberAddAction({ tenants }: TenantActionOptions) {
  return createTemplateAction({
    id: 'tenants:member:add',
    description: 'Gives a user or group a role in a tenant.',
    examples: memberAddExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...memberInput,
        role: z => z.enum(MEMBER_ROLES, { description: 'What they may do.' }),
      },
      output,
    },
    async handler(ctx) {
      const api = tenants.as(await ctx.getInitiatorCredentials());
      const { tenant, subject, role, environments } = ctx.input;
      const set = [{ subject, role }];
      const request = { type: 'members' as const, set, environments };
      await planRequest({ ...ctx, api }, tenant, request);
      const started = { ...ctx, api };
      ctx.output(
        'operation',
        ctx.isDryRun ? '' : await startOnce(started, tenant, request),
      );
    },
  });
}

/** `tenants:member:remove`: takes every role of somebody away. The last admin stays. */
export function createMemberRemoveAction({ tenants }: TenantActionOptions) {
  return createTemplateAction({
    id: 'tenants:member:remove',
    description:
      'Takes a user’s or group’s roles in a tenant away. The last admin cannot be removed.',
    examples: memberRemoveExamples,
    supportsDryRun: true,
    schema: { input: memberInput, output },
    async handler(ctx) {
      const api = tenants.as(await ctx.getInitiatorCredentials());
      const { tenant, subject, environments } = ctx.input;
      const remove = [subject];
      const request = { type: 'members' as const, remove, environments };
      await planRequest({ ...ctx, api }, tenant, request);
      const started = { ...ctx, api };
      ctx.output(
        'operation',
        ctx.isDryRun ? '' : await startOnce(started, tenant, request),
      );
    },
  });
}
