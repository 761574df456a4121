// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { freshnessSchema, partialDataSchema } from './freshness';
import { healthCountsSchema } from './health';
import { definitionsStatusSchema } from './modules';

/** A cluster of the portal: whether it is followed, kind by kind, and what would fix it if not. @public */
export const clusterStatusSchema = z.object({
  name: z.string(),
  freshness: freshnessSchema,
  observedAt: z.iso
    .datetime()
    .optional()
    .describe('When it was last heard from; absent when never.'),
  version: z.string().optional().describe('As its /version answers.'),
  problem: partialDataSchema
    .optional()
    .describe('Why it is not synced, and what would fix it.'),
  kinds: z.array(
    z.object({
      kind: z.string(),
      state: z.enum([
        'synced',
        'refreshing',
        'stale',
        'forbidden',
        'notServed',
      ]),
      objects: z.number().int(),
      message: z.string().optional(),
      optional: z
        .boolean()
        .optional()
        .describe(
          'Whether only some clusters have it: where it is refused or not served, nothing is missing. Absent: no.',
        ),
    }),
  ),
  nextTryAt: z.iso
    .datetime()
    .optional()
    .describe('When it will be tried again; absent while connected.'),
});

/** How well one cluster is followed; `problem` is `undefined` while it is synced. @public */
export type ClusterStatus = z.infer<typeof clusterStatusSchema>;

/**
 * Answer of `GET /v1/platform`: the clusters, how many tenants stand at each health code, and what keeps the service from working.
 *
 * @public
 */
export const platformStatusSchema = z.object({
  version: z.string(),
  clusters: z.array(clusterStatusSchema),
  tenants: healthCountsSchema,
  problems: z
    .array(z.string())
    .describe('What keeps the service as a whole from working, in sentences.'),
  definitions: z
    .array(definitionsStatusSchema)
    .optional()
    .describe('What became of the module definitions, by source.'),
});

/**
 * The state of the service and its clusters, for the platform team; `definitions` is `undefined` from a backend without module
 * definitions.
 *
 * @public
 */
export type PlatformStatus = z.infer<typeof platformStatusSchema>;
