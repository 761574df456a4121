// SPDX-License-Identifier: Apache-2.0
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { followOperation } from '../progress/followOperation';
import type { TenantActionOptions } from './TenantActionOptions';
import { waitExamples } from './waitExamples';

const DEFAULT_MINUTES = 15;
const MAX_MINUTES = 120;

/** `tenants:wait`: tells what an operation does until it has ended. */
export function createWaitAction({ tenants, pause }: TenantActionOptions) {
  return createTemplateAction({
    id: 'tenants:wait',
    description:
      'Follows an operation: its events become lines of the task’s log. Ends when everything is healthy, and fails with the cause when the operation does. Giving up the task does not cancel the operation.',
    examples: waitExamples,
    supportsDryRun: true,
    schema: {
      input: {
        operation: z =>
          z.string({ description: 'As tenants:apply put it out.' }),
        timeoutMinutes: z =>
          z
            .number({
              description: `Minutes to wait at most; ${DEFAULT_MINUTES} when left out. The operation goes on after that.`,
            })
            .int()
            .min(1)
            .max(MAX_MINUTES)
            .optional(),
      },
      output: {
        state: z => z.string({ description: 'How the operation ended.' }),
      },
    },
    async handler(ctx) {
      const { operation: id, timeoutMinutes = DEFAULT_MINUTES } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info('Dry run: there is no operation to wait for.');
        ctx.output('state', 'succeeded');
        return;
      }
      const api = tenants.as(await ctx.getInitiatorCredentials());
      const limit = AbortSignal.timeout(timeoutMinutes * 60_000);
      const signal = ctx.signal ? AbortSignal.any([ctx.signal, limit]) : limit;
      const ended = await followOperation(id, {
        api,
        signal,
        pause,
        onEvent: ({ level, message }) => ctx.logger[logLevel(level)](message),
      }).catch(error => {
        if (!limit.aborted || ctx.signal?.aborted) throw error;
        throw new Error(
          `Operation ${id} has not ended within ${timeoutMinutes} minutes. It goes on; look at it in the portal.`,
        );
      });
      ctx.output('state', ended.state);
      if (ended.state === 'succeeded') return;
      throw new Error(
        ended.error?.message ?? `Operation ${id} was ${ended.state}.`,
      );
    },
  });
}

function logLevel(level: 'info' | 'warning' | 'error') {
  return level === 'warning' ? 'warn' : level;
}
