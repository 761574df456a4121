// SPDX-License-Identifier: Apache-2.0
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Details } from './api/detailRoutes';
import type { Clusters } from './informers/Lister';
import { ObjectReader } from './objects';
import type { Clock } from './time/Clock';
import { MetricsReader } from './usage';

type DetailParts = {
  readonly clusters: Pick<Clusters, 'list'>;
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly clock: Clock;
  readonly shutdown: AbortSignal;
};

/** Builds what reads from clusters when somebody looks: usage, whole objects. */
export function composeDetails(parts: DetailParts): Details {
  const viewOf = (cluster: string) =>
    parts.clusters.list().find(({ name }) => name === cluster);
  return {
    viewOf,
    metrics: new MetricsReader(parts),
    objects: new ObjectReader({ ...parts, viewOf }),
  };
}
