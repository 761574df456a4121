// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** How well the backend’s cache of a cluster follows that cluster now. @public */
export const freshnessSchema = z
  .enum(['synced', 'refreshing', 'stale'])
  .describe(
    'synced: the cache follows the cluster. refreshing: connecting or listing again. stale: nothing heard for too long.',
  );

/**
 * How far the data can be trusted to be of now. Not a health code: old data may well show a healthy tenant.
 *
 * @public
 */
export type Freshness = z.infer<typeof freshnessSchema>;

/** One gap in an answer: a cluster, or a kind or namespace of it, that could not be read or is old. @public */
export const partialDataSchema = z.object({
  cluster: z.string(),
  kind: z
    .string()
    .optional()
    .describe(
      'The kind that is missing; absent when the whole cluster, or the whole namespace, is.',
    ),
  namespace: z
    .string()
    .optional()
    .describe('The one namespace it is missing of; absent when of all.'),
  reason: z
    .enum([
      'Unreachable',
      'Unauthenticated',
      'Forbidden',
      'NotServed',
      'NotSynced',
    ])
    .describe('Why it is missing.'),
  message: z.string().describe('What failed and what would fix it.'),
  observedAt: z.iso
    .datetime()
    .optional()
    .describe('When the cluster was last heard from; absent when never.'),
});

/**
 * A part of the answer that is missing or old, and why.
 *
 * @public
 */
export type PartialData = z.infer<typeof partialDataSchema>;
