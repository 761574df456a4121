// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Behaviour } from '../scenario/Life';

const seconds = z.number().nonnegative();
const pods = z.number().int().positive();

/** A workload’s behaviour as the control API takes it. */
export const behaviourSchema: z.ZodType<Behaviour> = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('healthy') }),
    z.object({
      type: z.literal('crashLoop'),
      exitCode: z.number().int().min(1).max(255).optional(),
      afterSeconds: seconds.optional(),
      pods: pods.optional(),
    }),
    z.object({
      type: z.literal('oom'),
      afterSeconds: seconds.optional(),
      pods: pods.optional(),
    }),
    z.object({ type: z.literal('imageMissing') }),
    z.object({ type: z.literal('configError') }),
    z.object({ type: z.literal('notReady') }),
    z.object({ type: z.literal('unschedulable') }),
    z.object({ type: z.literal('slowStart'), seconds }),
  ],
);
