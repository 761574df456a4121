// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** An address outside the cluster at which a module answers, and the object that says so. @public */
export const moduleEndpointSchema = z.object({
  url: z
    .string()
    .max(2048)
    .regex(/^https?:\/\/[^/]/)
    .describe('`http` or `https`, a host name or an address, a port, a path.'),
  source: z.object({
    kind: z.enum(['Ingress', 'HTTPRoute', 'Service']),
    namespace: z.string(),
    name: z.string(),
  }),
});

/**
 * Where a module can be reached from outside its cluster: a host of one of its Ingresses or HTTPRoutes, or the address of a load
 * balancer of one of its Services. Tenants write those objects, so a host is what they claim, not what answers.
 *
 * @public
 */
export type ModuleEndpoint = z.infer<typeof moduleEndpointSchema>;

/** A {@link ModuleEndpoint} with the module, environment and cluster it belongs to. @public */
export const tenantEndpointSchema = moduleEndpointSchema
  .pick({ url: true })
  .extend({
    module: z.string(),
    environment: z.string(),
    cluster: z.string(),
  });

/** Where a module of a tenant can be reached, as lists carry it. @public */
export type TenantEndpoint = z.infer<typeof tenantEndpointSchema>;
