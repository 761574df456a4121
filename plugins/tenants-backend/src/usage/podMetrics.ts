// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '@tenantry/backstage-plugin-tenants-common';
import type { ResourceType } from '@tenantry/backstage-plugin-tenants-node';
import { z } from 'zod';

/** What a metrics server says of pods. */
export const podMetricsType: ResourceType = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  resource: 'pods',
  kind: 'PodMetrics',
  namespaced: true,
};

/** What was measured of a pod. */
export type PodMetrics = {
  readonly name: string;
  /** End of the window; absent when it is not told. */
  readonly at?: string;
  /** Cores and bytes by container. */
  readonly containers: ReadonlyMap<string, Measured>;
};

export type Measured = { readonly cpu?: number; readonly memory?: number };

const MAX_CONTAINERS = 100;
const quantity = z.string().transform(parseQuantity).optional();
const metricsSchema = z.object({
  metadata: z.object({ name: z.string() }),
  timestamp: z.iso.datetime().optional().catch(undefined),
  containers: z
    .array(
      z.object({
        name: z.string(),
        usage: z.object({ cpu: quantity, memory: quantity }),
      }),
    )
    .max(MAX_CONTAINERS),
});

/** Reads one item of a list. @throws ZodError */
export function projectPodMetrics(json: Buffer): PodMetrics {
  const { metadata, timestamp, containers } = metricsSchema.parse(
    JSON.parse(json.toString('utf8')),
  );
  return {
    name: metadata.name,
    ...(timestamp === undefined ? {} : { at: timestamp }),
    containers: new Map(containers.map(({ name, usage }) => [name, usage])),
  };
}
