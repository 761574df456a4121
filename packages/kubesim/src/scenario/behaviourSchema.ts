// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Behaviour } from './Life';

const seconds = z.number().nonnegative();
const podCount = z.number().int().positive();
const name = z.string().max(63);
const inContainer = { container: name.optional() };

/** A workload’s behaviour, as scenarios and the control API take it. */
export const behaviourSchema: z.ZodType<Behaviour> = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('healthy') }),
    z.strictObject({
      type: z.literal('failing'),
      message: z.string().max(1_000).optional(),
    }),
    z.strictObject({
      type: z.literal('crashLoop'),
      exitCode: z.number().int().min(1).max(255).optional(),
      afterSeconds: seconds.optional(),
      pods: podCount.optional(),
      ...inContainer,
    }),
    z.strictObject({
      type: z.literal('oom'),
      afterSeconds: seconds.optional(),
      pods: podCount.optional(),
      ...inContainer,
    }),
    z.strictObject({ type: z.literal('imageMissing'), ...inContainer }),
    z.strictObject({ type: z.literal('configError'), ...inContainer }),
    z.strictObject({ type: z.literal('notReady'), ...inContainer }),
    z.strictObject({ type: z.literal('unschedulable') }),
    z.strictObject({ type: z.literal('slowStart'), seconds, ...inContainer }),
    z.strictObject({
      type: z.literal('probeFailure'),
      probe: z.enum(['readiness', 'liveness', 'startup']),
      pods: podCount.optional(),
      ...inContainer,
    }),
    z.strictObject({ type: z.literal('slowStop'), seconds }),
    z.strictObject({
      type: z.literal('evicted'),
      resource: z.enum(['memory', 'ephemeral-storage']).optional(),
      afterSeconds: seconds.optional(),
      pods: podCount.optional(),
    }),
  ],
);
