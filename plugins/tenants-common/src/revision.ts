// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { environmentSpecSchema } from './tenantSpec';

/** One entry of an environment’s history: its spec and releases after an operation, and who asked for it. @public */
export const revisionSchema = z.object({
  environment: z.string(),
  revision: z.number().int().positive().describe('From 1 per environment.'),
  at: z.iso.datetime(),
  by: z.string().describe('Entity reference.'),
  operation: z.string(),
  title: z.string(),
  spec: environmentSpecSchema,
  releases: z
    .record(z.string(), z.object({ version: z.string(), hash: z.string() }))
    .describe('By module.'),
  current: z.boolean(),
});

/** An environment as it was after one operation; never changed. @public */
export type Revision = z.infer<typeof revisionSchema>;

/** Answer of `GET /v1/tenants/:tenant/revisions`. @public */
export const revisionListSchema = z.object({
  items: z
    .array(revisionSchema)
    .describe('Newest first, at most 50 per environment.'),
});

/** The history of a tenant’s environments, newest first; a `rollback` names an entry by its `revision`. @public */
export type RevisionList = z.infer<typeof revisionListSchema>;
