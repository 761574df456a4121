// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/**
 * Answer of `GET /v1/tenants/:tenant/allowed-actions`: by permission name, whether the caller has it; if not, what is missing and who
 * can grant it.
 *
 * @public
 */
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
