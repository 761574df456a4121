// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { healthSchema } from './health';

/** A container of a pod: its state, its restarts, and how it ended the last time. @public */
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
  exits: z
    .array(z.iso.datetime())
    .optional()
    .describe(
      'When it ended, oldest first: the newest 20 that the portal saw. Absent when it never ended, or nobody knows when.',
    ),
});

/** A container of a pod; `lastExit` is `undefined` when it never ended, so that there is no previous log either. @public */
export type Container = z.infer<typeof containerSchema>;

/** A pod with its containers and its health. @public */
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

/** A pod of a workload; `node` is `undefined` until it is scheduled. @public */
export type Pod = z.infer<typeof podSchema>;

/** An object that runs pods, with those pods and the health of the whole. @public */
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

/** What runs pods, or a bare pod itself; `replicas` is `undefined` for kinds that have none. @public */
export type Workload = z.infer<typeof workloadSchema>;
