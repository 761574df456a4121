// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { healthSchema } from './health';

/** @public */
export const containerSchema = z.object({
  name: z.string(),
  role: z.enum(['main', 'init', 'sidecar', 'ephemeral']),
  image: z.string(),
  state: z.enum(['running', 'waiting', 'terminated']),
  reason: z
    .string()
    .optional()
    .describe('Kubernetes’ word for why it waits or ended.'),
  exitCode: z
    .number()
    .int()
    .optional()
    .describe('Of one that has ended and was not started again.'),
  ready: z.boolean(),
  restarts: z.number().int(),
  lastExit: z
    .object({
      code: z.number().int(),
      reason: z.string(),
      at: z.iso.datetime().optional(),
    })
    .optional()
    .describe(
      'How it ended the last time; absent when it never has. `previous` logs exist where present.',
    ),
});

/** @public */
export type Container = z.infer<typeof containerSchema>;

/** @public */
export const podSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  uid: z.string(),
  phase: z.string(),
  health: healthSchema,
  ready: z.boolean(),
  restarts: z.number().int(),
  node: z.string().optional().describe('Absent until the pod is scheduled.'),
  createdAt: z.iso.datetime(),
  containers: z.array(containerSchema),
});

/** @public */
export type Pod = z.infer<typeof podSchema>;

/** @public */
export const workloadSchema = z.object({
  kind: z
    .string()
    .describe(
      'Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod for a bare pod, or a custom kind.',
    ),
  name: z.string(),
  namespace: z.string(),
  uid: z.string(),
  health: healthSchema,
  replicas: z
    .object({
      desired: z.number().int(),
      ready: z.number().int(),
      updated: z.number().int(),
    })
    .optional()
    .describe('Absent for kinds without replicas.'),
  images: z.array(z.string()),
  restarts: z.number().int(),
  createdAt: z.iso.datetime(),
  pods: z.array(podSchema),
});

/** @public */
export type Workload = z.infer<typeof workloadSchema>;
