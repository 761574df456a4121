// SPDX-License-Identifier: Apache-2.0
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { describePlan, refuseIfRefused } from '../progress/describePlan';
import { readApplyRequest } from '../request/readApplyRequest';
import { applyInput } from './applyInput';
import { planExamples } from './planExamples';
import type { TenantActionOptions } from './TenantActionOptions';

/** `tenants:plan`: says what would happen; changes nothing. */
export function createPlanAction({ tenants }: TenantActionOptions) {
  return createTemplateAction({
    id: 'tenants:plan',
    description:
      'Says what creating or changing a tenant would do. Fails with the reasons and what would fix them when it cannot be done. Changes nothing.',
    examples: planExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...applyInput,
        allowRefusals: z =>
          z
            .boolean({
              description:
                'Go on with `possible: false` instead of failing when it cannot be done.',
            })
            .optional(),
      },
      output: {
        possible: z => z.boolean({ description: 'Whether it can be done.' }),
        planVersion: z =>
          z.string({
            description:
              'Give it to tenants:apply to be refused when anything has changed since.',
          }),
        changes: z =>
          z.number({ description: 'How many objects would change.' }),
        refusals: z =>
          z.array(z.string(), { description: 'Why it cannot be done.' }),
      },
    },
    async handler(ctx) {
      const api = tenants.as(await ctx.getInitiatorCredentials());
      const { allowRefusals, ...input } = ctx.input;
      const { tenant, request } = await readApplyRequest(input, api);
      const { signal } = ctx;
      const plan = await api.operations.plan({ tenant, request }, { signal });
      describePlan(plan).forEach(line => ctx.logger.info(line));
      if (!allowRefusals) refuseIfRefused(plan);
      const entries = plan.environments.flatMap(e => e.changes.entries);
      ctx.output('possible', plan.refusals.length === 0);
      ctx.output('planVersion', plan.version);
      ctx.output(
        'changes',
        entries.filter(({ action }) => action !== 'unchanged').length,
      );
      ctx.output(
        'refusals',
        plan.refusals.map(({ message }) => message),
      );
    },
  });
}
