// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { freshnessSchema, partialDataSchema } from './freshness';
import { HEALTH_CODES, healthCountsSchema, rollUpSchema } from './health';
import { tenantEndpointSchema } from './moduleEndpoint';

const usageSchema = z
  .object({ used: z.number(), hard: z.number() })
  .optional()
  .describe('Absent when no environment has a quota for it.');

/** A tenant as lists show it: sums and roll-ups in place of its workloads. @public */
export const tenantRowSchema = z.object({
  name: z.string(),
  version: z.string(),
  owner: z.string().optional(),
  tier: z.string().optional(),
  health: rollUpSchema,
  environments: z.array(
    z.object({
      name: z.string(),
      cluster: z.string(),
      namespaces: z
        .array(z.string())
        .optional()
        .describe('Absent from older backends.'),
      code: z.enum(HEALTH_CODES),
      state: z.string(),
      freshness: freshnessSchema,
    }),
  ),
  modules: z.array(z.string()),
  pods: z.object({ ready: z.number().int(), total: z.number().int() }),
  restarts: z.number().int(),
  cpu: usageSchema,
  memory: usageSchema,
  endpoints: z
    .array(tenantEndpointSchema)
    .optional()
    .describe(
      'Where its modules can be reached from outside, at most 10; absent when nowhere.',
    ),
});

/**
 * One tenant in a list. CPU in cores, memory in bytes, both summed over environments.
 *
 * @public
 */
export type TenantRow = z.infer<typeof tenantRowSchema>;

/** Answer of `GET /v1/tenants`: a page of rows, with counts over everything that matches. @public */
export const tenantListSchema = z.object({
  items: z.array(tenantRowSchema),
  totalItems: z
    .number()
    .int()
    .describe('Tenants that match the filter and that the caller may see.'),
  counts: healthCountsSchema.describe(
    'Per health code, over all the caller may see and that match the filter other than health.',
  ),
  nextCursor: z.string().optional().describe('Absent on the last page.'),
  partial: z.array(partialDataSchema),
});

/** A page of the tenants that the caller may see; `nextCursor` is `undefined` on the last one. @public */
export type TenantList = z.infer<typeof tenantListSchema>;

const list = <T extends z.ZodType>(item: T) =>
  z
    .preprocess(
      v => (typeof v === 'string' ? v.split(',').filter(Boolean) : v),
      z.array(item).max(20),
    )
    .optional();

/**
 * Query of `GET /v1/tenants`. Several values of one field are separated by commas and mean "any of".
 *
 * @public
 */
export const tenantListQuerySchema = z.strictObject({
  health: list(z.enum(HEALTH_CODES)),
  owner: list(z.string().max(200)),
  tier: list(z.string().max(63)),
  cluster: list(z.string().max(100)),
  module: list(z.string().max(63)),
  q: z
    .string()
    .max(100)
    .optional()
    .describe('Text that the name, owner, module or reason contains.'),
  sort: z
    .enum(['health', 'name', '-name', 'owner', 'tier', '-cpu', '-memory'])
    .default('health'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor: z.string().max(400).optional(),
});

/** Filter, order and page of tenants as the backend sees it: lists split at commas, by health and 200 a page when not said. @public */
export type TenantListQuery = z.infer<typeof tenantListQuerySchema>;
