// SPDX-License-Identifier: Apache-2.0
import type { Details } from './api/detailRoutes';
import type { ClusterSource } from './ClusterSource';
import type { SecretFingerprints } from './logs';
import { ObjectReader } from './objects';
import type { Clock } from './time/Clock';
import { MetricsReader } from './usage';

type DetailParts = {
  readonly clock: Clock;
  /** Values set through Tenantry, which are masked. */
  readonly fingerprints: SecretFingerprints;
};

/** Builds what reads from clusters when somebody looks: usage, whole objects. */
export function composeDetails(
  clusters: Pick<ClusterSource, 'list' | 'kubeApi'>,
  { clock, fingerprints }: DetailParts,
  shutdown: AbortSignal,
): Details {
  const kubeApi = (cluster: string) => clusters.kubeApi(cluster);
  const viewOf = (cluster: string) =>
    clusters.list().find(({ name }) => name === cluster);
  return {
    viewOf,
    metrics: new MetricsReader({ kubeApi, clock, shutdown }),
    objects: new ObjectReader({ kubeApi, viewOf, clock, fingerprints }),
  };
}
