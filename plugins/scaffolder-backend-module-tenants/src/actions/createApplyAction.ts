// SPDX-License-Identifier: Apache-2.0
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { readApplyRequest } from '../request/readApplyRequest';
import { applyExamples } from './applyExamples';
import { applyInput } from './applyInput';
import {
  planRequest,
  startOnce,
  type TenantActionOptions,
} from './TenantActionOptions';
import { tenantEntityRef, tenantPage } from './tenantPaths';

/** `tenants:apply`: plans, then starts the operation that makes a tenant what it shall be. */
export function createApplyAction({ tenants }: TenantActionOptions) {
  return createTemplateAction({
    id: 'tenants:apply',
    description:
      'Creates or changes a tenant. It is planned first, and refused with the reasons when it cannot be done. Follow the operation with tenants:wait.',
    examples: applyExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...applyInput,
        planVersion: z =>
          z
            .string({
              description:
                'Of tenants:plan; refused when another plan would be made now.',
            })
            .optional(),
      },
      output: {
        operation: z =>
          z.string({ description: 'The operation; empty in a dry run.' }),
        tenantRef: z => z.string({ description: 'The tenant’s entity.' }),
        page: z => z.string({ description: 'The tenant’s page.' }),
      },
    },
    async handler(ctx) {
      const api = tenants.as(await ctx.getInitiatorCredentials());
      const { planVersion, ...input } = ctx.input;
      const { tenant, request } = await readApplyRequest(input, api);
      await planRequest({ ...ctx, api }, tenant, request);
      ctx.output('tenantRef', tenantEntityRef(tenant));
      ctx.output('page', tenantPage(tenant));
      if (ctx.isDryRun) {
        ctx.logger.info('Dry run: nothing was changed.');
        ctx.output('operation', '');
        return;
      }
      const wanted = { ...request, ...(planVersion ? { planVersion } : {}) };
      const started = { ...ctx, api };
      ctx.output('operation', await startOnce(started, tenant, wanted));
    },
  });
}
