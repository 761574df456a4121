// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** One resource of a ResourceQuota: what is used, what is allowed and which workloads use it. @public */
export const quotaLineSchema = z.object({
  resource: z
    .string()
    .describe('As in the ResourceQuota: `requests.cpu`, `pods` …'),
  unit: z.enum(['cores', 'bytes', 'count']),
  used: z.number(),
  hard: z.number(),
  percent: z
    .number()
    .optional()
    .describe(
      'Used of hard, to a tenth; may be more than 100. Absent when hard is 0.',
    ),
  consumers: z
    .array(z.object({ workload: z.string(), used: z.number() }))
    .describe('Workloads (`Kind/name`) that use it, largest first.'),
});

/**
 * One resource of a ResourceQuota, in base units: cores, bytes or a count.
 *
 * @public
 */
export type QuotaLine = z.infer<typeof quotaLineSchema>;
