// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** @public */
export const allowedActionsSchema = z.object({
  actions: z.record(
    z.string().describe('Permission name.'),
    z.object({
      allowed: z.boolean(),
      missing: z
        .string()
        .optional()
        .describe('The permission that is missing.'),
      rule: z.string().optional().describe('What decides it, in words.'),
      grantedBy: z
        .string()
        .optional()
        .describe('Entity reference of who can grant it.'),
    }),
  ),
});

/**
 * What a caller may do with one tenant.
 *
 * @public
 */
export type AllowedActions = z.infer<typeof allowedActionsSchema>;
