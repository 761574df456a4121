// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** A secret of an environment as it is told of: whether and by whom it was set, and which modules use it. @public */
export const secretStatusSchema = z.object({
  name: z.string(),
  environment: z.string(),
  isSet: z.boolean(),
  generated: z.boolean(),
  updatedAt: z.iso.datetime().optional(),
  updatedBy: z.string().optional().describe('Entity reference.'),
  usedBy: z.array(z.string()).describe('Modules of the environment.'),
  required: z.boolean(),
});

/** Whether a secret is set. Its value never leaves the cluster. @public */
export type SecretStatus = z.infer<typeof secretStatusSchema>;

/** Answer of `GET /v1/tenants/:tenant/secrets`. @public */
export const secretListSchema = z.object({
  items: z.array(secretStatusSchema),
});

/** The secrets of a tenant without their values, which no answer holds. @public */
export type SecretList = z.infer<typeof secretListSchema>;

/** Body of `PUT /v1/tenants/:tenant/secrets/:name`. @public */
export const secretInputSchema = z.strictObject({
  environment: z.string().min(1).max(20),
  value: z.string().min(1).max(65_536),
});

/** A secret’s value, at most 65,536 characters, and the environment to set it in. @public */
export type SecretInput = z.infer<typeof secretInputSchema>;
