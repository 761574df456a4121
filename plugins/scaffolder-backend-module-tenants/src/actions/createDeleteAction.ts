// SPDX-License-Identifier: Apache-2.0
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { deleteExamples } from './deleteExamples';
import {
  planRequest,
  startOnce,
  type TenantActionOptions,
} from './TenantActionOptions';

/** `tenants:delete`: removes what runs; volumes and namespaces stay. */
export function createDeleteAction({ tenants }: TenantActionOptions) {
  return createTemplateAction({
    id: 'tenants:delete',
    description:
      'Removes what a tenant runs. Namespaces, volumes and generated secrets are kept, and applying it again brings it back. Nothing purges a tenant from a template.',
    examples: deleteExamples,
    supportsDryRun: true,
    schema: {
      input: {
        tenant: z => z.string({ description: 'Name of the tenant.' }),
        environments: z =>
          z
            .array(z.string(), {
              description: 'Only these environments; left out: all.',
            })
            .optional(),
      },
      output: {
        operation: z =>
          z.string({ description: 'The operation; empty in a dry run.' }),
      },
    },
    async handler(ctx) {
      const api = tenants.as(await ctx.getInitiatorCredentials());
      const { tenant, environments } = ctx.input;
      const request = { type: 'delete' as const, environments };
      await planRequest({ ...ctx, api }, tenant, request);
      if (ctx.isDryRun) {
        ctx.output('operation', '');
        return;
      }
      const started = { ...ctx, api };
      ctx.output('operation', await startOnce(started, tenant, request));
    },
  });
}
