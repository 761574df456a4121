// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { tenantEventSchema } from './tenant';

/**
 * Kinds whose objects can be read whole. Never Secret, and never a kind that holds what is not the tenant’s.
 *
 * @public
 */
export const OBJECT_KINDS = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Service',
  'Ingress',
  'HorizontalPodAutoscaler',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'RoleBinding',
  'HelmRelease',
  'Kustomization',
  'Application',
  'HTTPRoute',
] as const;

/** One of {@link OBJECT_KINDS}. @public */
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** What names an object in the path of `GET …/objects/:kind/:namespace/:name`. @public */
export const objectPathSchema = z.object({
  kind: z.enum(OBJECT_KINDS),
  namespace: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
  name: z
    .string()
    .max(253)
    .regex(/^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/),
});

/** Query of `GET …/objects/:kind/:namespace/:name`. @public */
export const objectQuerySchema = z.strictObject({
  cluster: z
    .string()
    .max(253)
    .optional()
    .describe(
      'Needed only where two clusters have a namespace of that name in this tenant.',
    ),
});

/** An object by name. @public */
export type ObjectRef = z.infer<typeof objectPathSchema> &
  z.infer<typeof objectQuerySchema>;

/** A Kubernetes object of a tenant as YAML, with what controls it and its newest events; what looks like a secret is masked. @public */
export const tenantObjectSchema = z.object({
  cluster: z.string(),
  environment: z.string(),
  apiVersion: z.string(),
  kind: z.enum(OBJECT_KINDS),
  namespace: z.string(),
  name: z.string(),
  readAt: z.iso.datetime(),
  yaml: z
    .string()
    .describe('Without managed fields; what looks like a secret is masked.'),
  masked: z.number().int().describe('How many values were masked.'),
  owners: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        known: z.boolean().describe('Whether it is there.'),
      }),
    )
    .describe('What controls it, nearest first.'),
  events: z.array(tenantEventSchema).describe('Newest first, at most 50.'),
});

/** Answer of `GET /v1/tenants/:tenant/objects/:kind/:namespace/:name`. @public */
export type TenantObject = z.infer<typeof tenantObjectSchema>;
