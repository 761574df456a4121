// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { partialDataSchema } from './freshness';

const amountsSchema = z.object({
  cpu: z.number().optional().describe('Cores; absent when not set or known.'),
  memory: z
    .number()
    .optional()
    .describe('Bytes; absent when not set or known.'),
});

/** What is used, requested and allowed at most: CPU in cores, memory in bytes. @public */
export const resourceUseSchema = z.object({
  used: amountsSchema.describe('In use; absent members were not measured.'),
  requests: amountsSchema.describe('Absent members: nothing is requested.'),
  limits: amountsSchema.describe('Absent members: a part has no limit.'),
});

/**
 * CPU and memory in use, against what was asked for and what is the end.
 *
 * @public
 */
export type ResourceUse = z.infer<typeof resourceUseSchema>;

/** What a pod and each of its containers use, as the cluster’s metrics say. @public */
export const podUseSchema = resourceUseSchema.extend({
  uid: z.string(),
  name: z.string(),
  namespace: z.string(),
  measuredAt: z.iso
    .datetime()
    .optional()
    .describe('End of the window it is an average of; absent: not measured.'),
  containers: z.array(resourceUseSchema.extend({ name: z.string() })),
});

/** What a pod uses. @public */
export type PodUse = z.infer<typeof podUseSchema>;

/** What a workload uses, summed over its pods, and how many of them could be measured. @public */
export const workloadUseSchema = resourceUseSchema.extend({
  cluster: z.string(),
  uid: z.string(),
  measured: z.number().int().describe('Pods that were measured.'),
  running: z.number().int().describe('Pods that could be: ended ones are not.'),
  pods: z.array(podUseSchema).describe('At most 200.'),
});

/** What a workload uses: the sum of its pods. @public */
export type WorkloadUse = z.infer<typeof workloadUseSchema>;

/** What the workloads of a tenant use now; `partial` names where nothing could be measured. @public */
export const tenantUsageSchema = z.object({
  workloads: z.array(workloadUseSchema),
  partial: z
    .array(partialDataSchema)
    .describe('Where there are no metrics, why, and what would bring them.'),
});

/** Answer of `GET /v1/tenants/:tenant/usage`. @public */
export type TenantUsage = z.infer<typeof tenantUsageSchema>;
